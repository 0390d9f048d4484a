# Cancelling one of several tasks that await a future cancels the future, and so the others.
async def main():
    future = loop.create_future()

    async def waiter(n):
        try:
            trace(n, await future)
        except asyncio.CancelledError as error:
            trace(n, error, asyncio.current_task().cancelling())
            raise

    tasks = [asyncio.create_task(waiter(n)) for n in range(3)]
    await asyncio.sleep(0)
    tasks[1].cancel("one")
    trace(future.cancelled(), [task.done() for task in tasks])
    trace(await asyncio.gather(*tasks, return_exceptions=True))
