# readexactly and readuntil wait for all of it, and say what there was when the stream ends before.
async def main():
    reader = asyncio.StreamReader(loop=loop)

    async def read():
        trace((await reader.readexactly(4)).decode())
        trace((await reader.readuntil(b"--")).decode())
        try:
            await reader.readexactly(4)
        except asyncio.IncompleteReadError as error:
            trace(error, error.partial.decode(), error.expected)
        try:
            await reader.readuntil(b"--")
        except asyncio.IncompleteReadError as error:
            trace(error, error.partial.decode(), error.expected)
        trace((await reader.read()).decode(), reader.at_eof())

    task = asyncio.create_task(read())
    for piece in (b"ab", b"cd", b"one-", b"-tw"):
        await asyncio.sleep(1)
        reader.feed_data(piece)
    await asyncio.sleep(1)
    reader.feed_eof()
    await task
