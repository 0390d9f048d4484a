import trio

CHUNK = 64 * 1024


async def workload(n, width):
    received = 0
    [listener] = await trio.open_tcp_listeners(0, host="127.0.0.1")
    port = listener.socket.getsockname()[1]

    async def take(stream):
        nonlocal received
        while data := await stream.receive_some(4 * CHUNK):
            received += len(data)
        nursery.cancel_scope.cancel()

    async with trio.open_nursery() as nursery:
        nursery.start_soon(trio.serve_listeners, take, [listener])
        async with await trio.open_tcp_stream("127.0.0.1", port) as stream:
            chunk = b"x" * CHUNK
            for _ in range(n * 16):
                await stream.send_all(chunk)
        await trio.sleep_forever()
    return received // (16 * CHUNK)
