# join on an empty queue gives up no turn; after more items it waits again; a cancelled join changes nothing.
async def main():
    q = asyncio.Queue()
    loop.call_soon(trace, "turn")
    await q.join()
    trace("nothing to wait for")
    await asyncio.sleep(0)

    async def joiner(n):
        await q.join()
        trace(n, "joined")

    for round in range(2):
        q.put_nowait(round)
        tasks = [asyncio.create_task(joiner(n)) for n in "abc"]
        await asyncio.sleep(1)
        tasks[1].cancel()
        q.get_nowait()
        await asyncio.sleep(1)
        trace([task.done() for task in tasks])
        q.task_done()
        trace(await asyncio.gather(*tasks, return_exceptions=True))
