# A callback added to a done future, or by another callback, runs in the next turn.
async def main():
    future = loop.create_future()

    def first(f):
        trace("first")
        f.add_done_callback(lambda f: trace("added by first", f.result()))
        trace("added")

    future.add_done_callback(first)
    future.add_done_callback(lambda f: trace("second"))
    future.set_result(1)
    future.add_done_callback(lambda f: trace("added when done"))
    trace("nothing has run")
    await asyncio.sleep(0)
    trace("turn")
    await asyncio.sleep(0)
    trace("turn")
