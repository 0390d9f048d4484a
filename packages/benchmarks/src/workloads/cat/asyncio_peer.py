import asyncio

CHUNK = 64 * 1024


async def workload(n, width):
    process = await asyncio.create_subprocess_exec(
        "cat", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )

    async def feed():
        chunk = b"x" * CHUNK
        for _ in range(n * 16):
            process.stdin.write(chunk)
            await process.stdin.drain()
        process.stdin.close()

    async def take():
        received = 0
        while data := await process.stdout.read(4 * CHUNK):
            received += len(data)
        return received

    _, received = await asyncio.gather(feed(), take())
    await process.wait()
    return received // (16 * CHUNK)
