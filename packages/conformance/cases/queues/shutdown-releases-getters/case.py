# Getters of an empty queue end when it is shut down.
async def main():
    q = asyncio.Queue()

    async def getter(n):
        try:
            await q.get()
        except asyncio.QueueShutDown as error:
            trace(n, error)

    tasks = [asyncio.create_task(getter(n)) for n in range(2)]
    await asyncio.sleep(0)
    q.shutdown()
    q.shutdown()
    await asyncio.gather(*tasks)
