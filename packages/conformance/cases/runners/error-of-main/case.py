# An error of main comes out of run, after what is left has been cancelled and waited for.
def program():
    async def left_behind():
        try:
            await asyncio.sleep(100)
        finally:
            await asyncio.sleep(1)
            trace("cleaned up")

    async def main():
        asyncio.create_task(left_behind())
        await asyncio.sleep(0)
        raise ValueError("main")

    try:
        asyncio.run(main(), loop_factory=loop_factory)
    except ValueError as error:
        trace(error)
