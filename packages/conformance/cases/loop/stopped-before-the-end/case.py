# A loop that is stopped before what it was to run until is an error, and can run on.
def program():
    async def main():
        trace("begins")
        await asyncio.sleep(2)
        trace("ends")
        return "result"

    loop = loop_factory()
    task = loop.create_task(main())
    loop.call_later(1, loop.stop)
    try:
        loop.run_until_complete(task)
    except RuntimeError as error:
        trace(error)
    trace(task.done())
    trace(loop.run_until_complete(task))
    loop.close()
    loop.close()
