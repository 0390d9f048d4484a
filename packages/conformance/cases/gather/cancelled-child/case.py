# A cancelled child is an error of the whole, which is not cancelled itself.
async def main():
    child = asyncio.create_task(asyncio.sleep(10))
    whole = asyncio.gather(child, asyncio.sleep(1))
    await asyncio.sleep(0)
    child.cancel("message")
    try:
        await whole
    except asyncio.CancelledError as error:
        trace(error, whole.cancelled(), whole.done())
    other = asyncio.create_task(asyncio.sleep(10))
    whole = asyncio.gather(other, asyncio.sleep(1, "ok"), return_exceptions=True)
    await asyncio.sleep(0)
    other.cancel()
    trace(await whole)
