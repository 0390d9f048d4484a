# Several tasks that await one future go on in the order in which they began to wait.
async def main():
    future = loop.create_future()

    async def waiter(n):
        try:
            trace(n, await future)
        except asyncio.CancelledError as error:
            trace(n, error)

    tasks = [asyncio.create_task(waiter(n)) for n in range(3)]
    await asyncio.sleep(0)
    tasks[1].cancel("one")
    await asyncio.wait(tasks)
    trace(future.cancelled())
