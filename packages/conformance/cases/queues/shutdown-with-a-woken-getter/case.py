# A getter that was woken for an item still gets it when the queue is shut down in the same turn; the next one ends.
async def main():
    q = asyncio.Queue()

    async def getter(n):
        try:
            trace(n, await q.get())
        except asyncio.QueueShutDown as error:
            trace(n, error)

    tasks = [asyncio.create_task(getter(n)) for n in "abc"]
    await asyncio.sleep(0)
    q.put_nowait("item")
    q.shutdown()
    q.shutdown()
    await asyncio.gather(*tasks)
    q.task_done()
    await q.join()
    trace("joined")
