# First in, first out; what is queued in a turn runs in the next; a cancelled handle does not run.
async def main():
    def nested():
        trace("nested")
        loop.call_soon(trace, "queued by nested")

    loop.call_soon(nested)
    handle = loop.call_soon(trace, "never")
    loop.call_soon(trace, "after")
    handle.cancel()
    trace(handle.cancelled())
    await asyncio.sleep(0)
    trace("turn")
    await asyncio.sleep(0)
    timer = loop.call_later(1, trace, "never")
    loop.call_later(1, trace, "at one")
    loop.call_at(0.5, trace, "at a half")
    timer.cancel()
    trace(timer.when())
    await asyncio.sleep(2)
