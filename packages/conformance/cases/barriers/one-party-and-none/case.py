# With one party nobody waits; with less than one there is no barrier.
async def main():
    barrier = asyncio.Barrier(1)
    loop.call_soon(trace, "turn")
    trace(await barrier.wait(), await barrier.wait())
    await asyncio.sleep(0)
    for parties in (0, -1):
        try:
            asyncio.Barrier(parties)
        except ValueError as error:
            trace(error)
