# Plain iteration yields awaitables in the order of completion.
async def main():
    async def worker(n):
        await asyncio.sleep(n)
        if n == 2:
            raise ValueError(n)
        return n

    for item in asyncio.as_completed([worker(3), worker(1), worker(2)]):
        try:
            trace(await item)
        except ValueError as error:
            trace(error)
