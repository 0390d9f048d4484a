# Callbacks run one turn later, in order; removing counts every registration.
async def main():
    future = loop.create_future()

    def first(f):
        trace("first", f.result())

    def second(f):
        trace("second", f.result())

    future.add_done_callback(first)
    future.add_done_callback(second)
    future.add_done_callback(first)
    future.set_result(1)
    trace("set")
    await asyncio.sleep(0)
    future.add_done_callback(second)
    trace("added late")
    await asyncio.sleep(0)
    other = loop.create_future()
    other.add_done_callback(first)
    other.add_done_callback(first)
    trace(other.remove_done_callback(first), other.remove_done_callback(first))
