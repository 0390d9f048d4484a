# Results come in the order of the arguments; what is given twice runs once.
async def main():
    async def worker(n, delay):
        await asyncio.sleep(delay)
        trace("ran", n)
        return n

    shared = asyncio.sleep(2, "slept")
    trace(await asyncio.gather(shared, worker(2, 1), shared))
    trace(await asyncio.gather())
