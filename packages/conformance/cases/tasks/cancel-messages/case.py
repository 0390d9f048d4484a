# The message of a cancel arrives with it, through what the task awaits, and comes out again.
async def main():
    async def inner():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError as error:
            trace("inner", error)
            raise

    async def outer():
        try:
            await asyncio.create_task(inner())
        except asyncio.CancelledError as error:
            trace("outer", error)
            raise

    for message in ("why", None):
        task = asyncio.create_task(outer())
        await asyncio.sleep(1)
        task.cancel(message) if message else task.cancel()
        try:
            await task
        except asyncio.CancelledError as error:
            trace("main", error)
    early = asyncio.create_task(inner())
    trace(early.cancel("early"), early.cancel("twice"), early.cancelling())
    try:
        await early
    except asyncio.CancelledError as error:
        trace("early", error)
    trace(early.cancel())
