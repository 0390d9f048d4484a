# A producer runs ahead by the size of the queue, and no further.
async def main():
    q = asyncio.Queue(2)

    async def producer():
        for n in range(5):
            await q.put(n)
            trace("put", n)

    async def consumer():
        for _ in range(5):
            trace("got", await q.get())

    await asyncio.gather(producer(), consumer())
