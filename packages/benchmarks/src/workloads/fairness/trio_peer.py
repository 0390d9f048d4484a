import trio


async def workload(tasks, listening):
    is_open = True
    turns = 0

    async def echo(listener):
        nonlocal is_open
        stream = await listener.accept()
        async with stream:
            while data := await receive(stream):
                await stream.send_all(data)
        is_open = False

    async def receive(stream):
        try:
            return await stream.receive_some()
        except trio.BrokenResourceError:
            return b""

    async def spin():
        nonlocal turns
        while is_open:
            await trio.sleep(0)
            turns += 1

    [listener] = await trio.open_tcp_listeners(0, host="127.0.0.1")
    async with listener, trio.open_nursery() as nursery:
        nursery.start_soon(echo, listener)
        listening(listener.socket.getsockname()[1])
        for _ in range(tasks):
            nursery.start_soon(spin)
    return turns
