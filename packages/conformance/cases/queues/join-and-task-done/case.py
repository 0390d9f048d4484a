# join waits for task_done of every item; too many calls are an error.
async def main():
    q = asyncio.Queue()
    for n in range(3):
        q.put_nowait(n)

    async def joiner(name):
        await q.join()
        trace(name, "joined")

    tasks = [asyncio.create_task(joiner(n)) for n in "ab"]
    await asyncio.sleep(0)
    for _ in range(3):
        trace("item", q.get_nowait())
        await asyncio.sleep(1)
        q.task_done()
    await asyncio.gather(*tasks)
    await q.join()
    try:
        q.task_done()
    except ValueError as error:
        trace(error)
