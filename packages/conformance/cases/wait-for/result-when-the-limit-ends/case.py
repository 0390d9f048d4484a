# A result that comes in the turn in which the limit ends is lost to the caller, though the future has it.
async def main():
    future = loop.create_future()
    loop.call_later(1, future.set_result, "result")
    try:
        trace(await asyncio.wait_for(future, 1))
    except TimeoutError as error:
        trace(error, future.done() and not future.cancelled() and future.result())
    task = asyncio.create_task(asyncio.sleep(1, "slept"))
    await asyncio.sleep(0)
    try:
        trace(await asyncio.wait_for(task, 1))
    except TimeoutError as error:
        trace(error, task.cancelled())
    trace(await asyncio.wait_for(asyncio.sleep(1, "in time"), 1.5))
    trace(await asyncio.wait_for(asyncio.sleep(1, "no limit"), None))
