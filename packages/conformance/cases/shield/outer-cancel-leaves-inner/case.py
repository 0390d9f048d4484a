# Cancelling the outer leaves the inner running; a late error goes to the handler.
async def main():
    async def inner(fail):
        await asyncio.sleep(2)
        trace("inner ends")
        if fail:
            raise ValueError("late")
        return "result"

    for fail in (False, True):
        task = asyncio.create_task(inner(fail))

        async def outer():
            await asyncio.shield(task)

        waiting = asyncio.create_task(outer())
        await asyncio.sleep(1)
        waiting.cancel()
        trace(await asyncio.gather(waiting, return_exceptions=True), task.done())
        await asyncio.sleep(2)
        trace(task.done())
