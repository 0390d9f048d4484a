# A line longer than the limit is a ValueError and is dropped with its end; the end of the stream ends the last line.
async def main():
    reader = asyncio.StreamReader(limit=4, loop=loop)
    reader.feed_data(b"ab\nlonger\ncd")

    async def lines():
        for _ in range(4):
            try:
                trace((await reader.readline()).decode().strip(), reader.at_eof())
            except ValueError as error:
                trace(error)

    task = asyncio.create_task(lines())
    await asyncio.sleep(1)
    reader.feed_data(b"e")
    await asyncio.sleep(1)
    reader.feed_eof()
    await task
