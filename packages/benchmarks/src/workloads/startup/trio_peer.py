import trio


async def main():
    await trio.sleep(0)


trio.run(main)
