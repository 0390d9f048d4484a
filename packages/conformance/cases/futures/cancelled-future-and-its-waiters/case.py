# Cancelling a future cancels every task that awaits it; a task that swallows that goes on.
async def main():
    future = loop.create_future()

    async def waiter(n, swallow):
        try:
            await future
        except asyncio.CancelledError as error:
            trace(n, error, asyncio.current_task().cancelling())
            if not swallow:
                raise
        return n

    tasks = [asyncio.create_task(waiter(n, n == 1)) for n in range(3)]
    await asyncio.sleep(0)
    trace(future.cancel("all"), future.cancel("again"))
    trace(await asyncio.gather(*tasks, return_exceptions=True))
    trace([task.cancelled() for task in tasks])
