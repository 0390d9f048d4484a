# An error wakes whoever reads, and is raised at every read after it, though there is data.
async def main():
    reader = asyncio.StreamReader(loop=loop)

    async def read(name):
        try:
            trace(name, (await reader.readexactly(4)).decode())
        except ValueError as error:
            trace(name, error)

    task = asyncio.create_task(read("waiting"))
    await asyncio.sleep(1)
    reader.feed_data(b"ab")
    await asyncio.sleep(1)
    trace(reader.exception())
    reader.set_exception(ValueError())
    await task
    await read("later")
    trace(reader.exception(), reader.at_eof())
