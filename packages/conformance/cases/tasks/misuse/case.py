# What is nothing to wait for is refused at the call.
import math


async def main():
    coroutine = asyncio.sleep(1)
    pending = asyncio.create_task(asyncio.sleep(1))
    misuses = [
        lambda: asyncio.create_task(1),
        lambda: asyncio.ensure_future(1),
        lambda: asyncio.gather(pending, 1),
        lambda: asyncio.shield(1),
        lambda: asyncio.as_completed(pending),
        lambda: asyncio.as_completed([1]),
        lambda: loop.call_later(None, trace),
        lambda: loop.call_at(None, trace),
    ]
    for misuse in misuses:
        try:
            misuse()
            trace("accepted")
        except TypeError as error:
            trace(error)
    waits = [
        lambda: asyncio.wait(pending),
        lambda: asyncio.wait([pending, coroutine]),
        lambda: asyncio.wait([pending], return_when="SOMETIMES"),
        lambda: asyncio.sleep(math.nan),
        lambda: asyncio.sleep("1"),
        lambda: asyncio.wait_for(1, 1),
    ]
    for wait in waits:
        try:
            await wait()
            trace("accepted")
        except (TypeError, ValueError) as error:
            trace(error)
    coroutine.close()
    await pending
