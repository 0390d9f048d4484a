# The first error is passed on; siblings keep running, and their later errors are silent.
async def main():
    async def worker(n, error):
        await asyncio.sleep(n)
        trace("ends", n)
        if error:
            raise ValueError(n)
        return n

    try:
        await asyncio.gather(worker(1, False), worker(2, True), worker(3, True), worker(4, False))
    except ValueError as error:
        trace(error)
    await asyncio.sleep(5)
