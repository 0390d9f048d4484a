# The result, the error, or TimeoutError once the cancel has unwound.
async def main():
    trace(await asyncio.wait_for(asyncio.sleep(1, "in time"), 2))

    async def fail():
        raise KeyError("x")

    try:
        await asyncio.wait_for(fail(), 1)
    except KeyError as error:
        trace("KeyError")

    async def slow():
        try:
            await asyncio.sleep(10)
        finally:
            await asyncio.sleep(1)
            trace("unwound")

    try:
        await asyncio.wait_for(slow(), 1)
    except TimeoutError as error:
        trace(error)
    trace(await asyncio.wait_for(asyncio.sleep(1, "no limit"), None))
