# A slot given to a task that is cancelled goes to the next.
async def main():
    sem = asyncio.Semaphore(0)

    async def worker(name):
        async with sem:
            trace(name)

    tasks = [asyncio.create_task(worker(n)) for n in "abc"]
    await asyncio.sleep(0)
    sem.release()
    tasks[0].cancel()
    trace(sem.locked())
    trace(await asyncio.gather(*tasks, return_exceptions=True))
    trace(sem.locked())
