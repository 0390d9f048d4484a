# Cancelling the head and releasing in one turn, in both orders, loses nothing.
async def main():
    for first in ("cancel", "release"):
        sem = asyncio.Semaphore(0)

        async def worker(name):
            await sem.acquire()
            trace(first, name)

        a = asyncio.create_task(worker("a"))
        b = asyncio.create_task(worker("b"))
        await asyncio.sleep(0)
        if first == "cancel":
            a.cancel()
            sem.release()
        else:
            sem.release()
            a.cancel()
        trace(await asyncio.gather(a, b, return_exceptions=True))
