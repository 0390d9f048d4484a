# A cancel between the result and the wake-up wins over the result.
async def main():
    future = loop.create_future()

    async def worker():
        try:
            trace("got", await future)
        except asyncio.CancelledError as error:
            trace("cancelled", error, future.done(), future.cancelled())

    task = asyncio.create_task(worker())
    await asyncio.sleep(0)
    future.set_result(1)
    trace(task.cancel("late"))
    await task
