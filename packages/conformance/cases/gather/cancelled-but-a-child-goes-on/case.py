# A child that swallows the cancel and returns does not save the whole: it is cancelled all the same.
async def main():
    async def stubborn():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            trace("swallowed")
        await asyncio.sleep(1)
        return "stubborn"

    tasks = [asyncio.create_task(stubborn()), asyncio.create_task(asyncio.sleep(10))]
    outer = asyncio.gather(*tasks, return_exceptions=True)
    await asyncio.sleep(1)
    outer.cancel()
    try:
        trace(await outer)
    except asyncio.CancelledError as error:
        trace(error)
    trace(tasks[0].result(), tasks[1].cancelled())
