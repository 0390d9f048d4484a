import asyncio

SIZE = 1024


class Answer(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.transport.write(data)


class Ask(asyncio.Protocol):
    def __init__(self, round_trips, closed):
        self.round_trips = round_trips
        self.closed = closed
        self.count = 0
        self.received = 0
        self.message = b"x" * SIZE

    def connection_made(self, transport):
        self.transport = transport
        transport.write(self.message)

    def data_received(self, data):
        self.received += len(data)
        if self.received < SIZE:
            return
        self.received = 0
        self.count += 1
        if self.count < self.round_trips:
            self.transport.write(self.message)
        else:
            self.transport.close()

    def connection_lost(self, exc):
        self.closed.set_result(self.count)


async def workload(n, connections):
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]

    async def ask():
        closed = loop.create_future()
        await loop.create_connection(lambda: Ask(n // connections, closed), "127.0.0.1", port)
        return await closed

    total = sum(await asyncio.gather(*[ask() for _ in range(connections)]))
    server.close()
    await server.wait_closed()
    return total
