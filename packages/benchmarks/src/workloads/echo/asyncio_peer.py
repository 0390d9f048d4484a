import asyncio

SIZE = 1024


async def answer(reader, writer):
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.close()


async def workload(n, connections):
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    message = b"x" * SIZE

    async def ask():
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        count = 0
        for _ in range(n // connections):
            writer.write(message)
            await writer.drain()
            count += len(await reader.readexactly(SIZE)) == SIZE
        writer.close()
        await writer.wait_closed()
        return count

    total = sum(await asyncio.gather(*[ask() for _ in range(connections)]))
    server.close()
    await server.wait_closed()
    return total
