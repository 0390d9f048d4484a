# Results come in the order of completion to whoever asks, in the order of asking; what is given twice comes once.
async def main():
    async def work(n):
        await asyncio.sleep(n)
        return n

    async def ask(name, waiting):
        trace(name, await waiting)

    tasks = [asyncio.create_task(work(n)) for n in (2, 1, 3)]
    waitings = list(asyncio.as_completed(tasks + tasks))
    trace(len(waitings))
    await asyncio.gather(*(ask(name, waitings[name]) for name in (2, 0, 1)))
