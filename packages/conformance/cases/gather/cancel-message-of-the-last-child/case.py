# A cancelled gather ends with the error of its last child, and only where that one was cancelled as well.
async def main():
    async def forever():
        await asyncio.sleep(10)

    done = asyncio.get_running_loop().create_future()
    done.set_result(1)
    for children in ([forever(), forever()], [forever(), done], [done, forever()]):
        gathering = asyncio.gather(*children, return_exceptions=True)
        await asyncio.sleep(0)
        gathering.cancel("why")
        try:
            await gathering
        except asyncio.CancelledError as error:
            trace(error)

    async def ends_itself():
        asyncio.current_task().cancel("itself")

    async def raises():
        raise asyncio.CancelledError("raised")

    trace(await asyncio.gather(ends_itself(), raises(), return_exceptions=True))
