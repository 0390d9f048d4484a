# A KeyboardInterrupt in a task ends the run at once, and is the result of the task as well.
def program():
    async def interrupted():
        await asyncio.sleep(1)
        raise KeyboardInterrupt

    async def other():
        try:
            await asyncio.sleep(10)
        finally:
            trace("other unwinds")

    async def main():
        tasks.append(asyncio.create_task(interrupted()))
        tasks.append(asyncio.create_task(other()))
        await asyncio.sleep(10)
        trace("never")

    tasks = []
    runner = asyncio.Runner(loop_factory=loop_factory)
    try:
        runner.run(main())
    except KeyboardInterrupt as error:
        trace(error)
    trace([task.done() for task in tasks], tasks[0].exception())
    runner.close()
    trace(tasks[1].cancelled())
