# A callback that raises does not stop the others.
async def main():
    future = loop.create_future()

    def bad(f):
        raise ValueError("in callback")

    future.add_done_callback(bad)
    future.add_done_callback(lambda f: trace("good"))
    future.set_result(None)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    trace("alive")
