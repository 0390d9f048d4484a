# A cancel between the end of a child and the turn of its parent wins over the child's result, and does not touch it.
async def main():
    async def child():
        await asyncio.sleep(1)
        return "child"

    async def parent():
        try:
            trace(await task)
        except asyncio.CancelledError as error:
            trace(error, task.done(), task.cancelled())
            raise

    task = asyncio.create_task(child())
    task.add_done_callback(lambda t: trace("cancel", waiting.cancel("late")))
    waiting = asyncio.create_task(parent())
    trace(await asyncio.gather(waiting, return_exceptions=True), task.result())
