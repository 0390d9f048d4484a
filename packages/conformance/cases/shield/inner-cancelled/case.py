# An inner task that is cancelled cancels the outer; a done one is returned as it is.
async def main():
    task = asyncio.create_task(asyncio.sleep(10))
    outer = asyncio.shield(task)
    await asyncio.sleep(0)
    task.cancel()
    try:
        await outer
    except asyncio.CancelledError as error:
        trace(error, outer.cancelled())
    done = asyncio.create_task(asyncio.sleep(0, 1))
    await asyncio.sleep(1)
    trace(asyncio.shield(done) is done)
