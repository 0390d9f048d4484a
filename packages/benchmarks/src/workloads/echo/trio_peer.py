import trio

SIZE = 1024


async def answer(stream):
    while data := await stream.receive_some(65536):
        await stream.send_all(data)


async def workload(n, connections):
    message = b"x" * SIZE
    total = 0
    [listener] = await trio.open_tcp_listeners(0, host="127.0.0.1")
    port = listener.socket.getsockname()[1]

    async def ask():
        nonlocal total
        async with await trio.open_tcp_stream("127.0.0.1", port) as stream:
            for _ in range(n // connections):
                await stream.send_all(message)
                received = 0
                while received < SIZE:
                    received += len(await stream.receive_some(SIZE - received))
                total += 1

    async with trio.open_nursery() as servers:
        servers.start_soon(trio.serve_listeners, answer, [listener])
        async with trio.open_nursery() as clients:
            for _ in range(connections):
                clients.start_soon(ask)
        servers.cancel_scope.cancel()
    return total
