import asyncio


class Echo(asyncio.Protocol):
    open = True

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.transport.write(data)

    def connection_lost(self, exc):
        Echo.open = False


async def spin():
    turns = 0
    while Echo.open:
        await asyncio.sleep(0)
        turns += 1
    return turns


async def workload(tasks, listening):
    server = await asyncio.get_running_loop().create_server(Echo, "127.0.0.1", 0)
    listening(server.sockets[0].getsockname()[1])
    turns = sum(await asyncio.gather(*[spin() for _ in range(tasks)]))
    server.close()
    return turns
