import asyncio

LINE = b"x" * 79 + b"\n"


async def workload(n, lines_per_block):
    async def send(reader, writer):
        block = LINE * lines_per_block
        for _ in range(n // lines_per_block):
            writer.write(block)
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(send, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    count = 0
    while await reader.readline():
        count += 1
    writer.close()
    server.close()
    await server.wait_closed()
    return count
