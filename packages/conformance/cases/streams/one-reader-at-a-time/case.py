# A second wait on the same reader is refused; a reader that is cancelled leaves the bytes and its place.
async def main():
    reader = asyncio.StreamReader(loop=loop)

    async def read(name):
        try:
            trace(name, (await reader.read(10)).decode())
        except (RuntimeError, asyncio.CancelledError) as error:
            trace(name, error)

    first = asyncio.create_task(read("first"))
    second = asyncio.create_task(read("second"))
    await asyncio.sleep(1)
    first.cancel()
    reader.feed_data(b"data")
    await asyncio.wait([first, second])
    await read("third")
