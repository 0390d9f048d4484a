# Awaiting what is done already gives up no turn.
async def main():
    future = loop.create_future()
    future.set_result("future")
    task = asyncio.create_task(asyncio.sleep(0, "task"))
    failed = loop.create_future()
    failed.set_exception(ValueError("failed"))
    await task
    loop.call_soon(trace, "turn")
    trace(await future, await task, await future)
    try:
        await failed
    except ValueError as error:
        trace(error)
    await asyncio.sleep(0)
    trace("after a turn")
