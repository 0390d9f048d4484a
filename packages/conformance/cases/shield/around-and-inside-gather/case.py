# Around a gather the children go on when the outer is cancelled; inside, the shielded one does.
async def main():
    async def work(name):
        try:
            await asyncio.sleep(2)
            trace(name, "ends")
        except asyncio.CancelledError:
            trace(name, "cancelled")
            raise

    outer = asyncio.shield(asyncio.gather(work("a"), work("b")))
    await asyncio.sleep(1)
    outer.cancel()
    try:
        await outer
    except asyncio.CancelledError as error:
        trace(error)
    await asyncio.sleep(5)

    gathering = asyncio.gather(work("c"), asyncio.shield(work("d")))
    await asyncio.sleep(1)
    gathering.cancel()
    try:
        await gathering
    except asyncio.CancelledError as error:
        trace(error)
    await asyncio.sleep(5)
