import subprocess

import trio

CHUNK = 64 * 1024


async def workload(n, width):
    received = 0
    process = await trio.lowlevel.open_process(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    async def feed():
        chunk = b"x" * CHUNK
        async with process.stdin as stdin:
            for _ in range(n * 16):
                await stdin.send_all(chunk)

    async with trio.open_nursery() as nursery:
        nursery.start_soon(feed)
        async with process.stdout as stdout:
            while data := await stdout.receive_some(4 * CHUNK):
                received += len(data)
    await process.wait()
    return received // (16 * CHUNK)
