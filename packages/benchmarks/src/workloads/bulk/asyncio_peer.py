import asyncio

CHUNK = 64 * 1024


async def workload(n, width):
    received = 0
    done = asyncio.get_running_loop().create_future()

    async def take(reader, writer):
        nonlocal received
        while data := await reader.read(4 * CHUNK):
            received += len(data)
        writer.close()
        done.set_result(None)

    server = await asyncio.start_server(take, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    chunk = b"x" * CHUNK
    for _ in range(n * 16):
        writer.write(chunk)
        await writer.drain()
    writer.close()
    await done
    server.close()
    await server.wait_closed()
    return received // (16 * CHUNK)
