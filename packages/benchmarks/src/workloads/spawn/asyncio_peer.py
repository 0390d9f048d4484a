import asyncio


async def workload(n, at_once):
    async def spawn():
        count = 0
        for _ in range(n // at_once):
            process = await asyncio.create_subprocess_exec("/bin/true")
            count += await process.wait() == 0
        return count

    return sum(await asyncio.gather(*[spawn() for _ in range(at_once)]))
