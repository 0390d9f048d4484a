# Two producers and three workers over a bounded queue, as the tutorial has them.
async def main():
    q = asyncio.Queue(2)

    async def producer(name, pause):
        for n in range(4):
            await asyncio.sleep(pause)
            await q.put(f"{name}{n}")

    async def worker(name, pause):
        while True:
            item = await q.get()
            await asyncio.sleep(pause)
            trace(name, item)
            q.task_done()

    workers = [asyncio.create_task(worker(f"w{n}", 1 + n / 10)) for n in range(3)]
    await asyncio.gather(producer("a", 0.25), producer("b", 0.375))
    trace("produced")
    await q.join()
    trace("joined", q.qsize())
    for task in workers:
        task.cancel()
    trace(await asyncio.gather(*workers, return_exceptions=True))
