# A KeyboardInterrupt of the body leaves the group as it is, once its tasks have ended.
def program():
    async def worker():
        try:
            await asyncio.sleep(10)
        finally:
            trace("task unwinds")

    async def main():
        try:
            async with asyncio.TaskGroup() as tg:
                tg.create_task(worker())
                await asyncio.sleep(0)
                raise KeyboardInterrupt
        except BaseException as error:
            trace("left with", error)
            raise

    runner = asyncio.Runner(loop_factory=loop_factory)
    try:
        runner.run(main())
    except KeyboardInterrupt as error:
        trace(error)
    runner.close()
