# A task of one run goes on in the next, and is cancelled when the runner is closed; a closed runner refuses.
def program():
    async def ticker():
        try:
            while True:
                trace("tick")
                await asyncio.sleep(1)
        finally:
            trace("cancelled")

    async def begin():
        tasks.append(asyncio.create_task(ticker()))
        await asyncio.sleep(1.5)
        trace("begun")

    async def wait():
        await asyncio.sleep(1)
        return "waited"

    tasks = []
    runner = asyncio.Runner(loop_factory=loop_factory)
    runner.run(begin())
    trace(runner.run(wait()))
    runner.close()
    trace(tasks[0].cancelled())
    runner.close()
    try:
        runner.get_loop()
    except RuntimeError as error:
        trace(error)
