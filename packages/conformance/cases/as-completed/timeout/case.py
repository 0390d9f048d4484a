# When the time is up the iteration raises, and the rest goes on.
async def main():
    tasks = [asyncio.create_task(asyncio.sleep(n, n)) for n in (1, 3)]
    try:
        for item in asyncio.as_completed(tasks, timeout=2):
            trace(await item)
    except TimeoutError as error:
        trace(error)
    trace(tasks[1].done())
    trace(await tasks[1])
