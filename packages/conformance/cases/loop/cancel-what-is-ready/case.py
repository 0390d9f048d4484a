# A handle or a timer that is due already can still be cancelled by what runs before it in the same turn.
async def main():
    handles = []

    def cancel_next():
        trace("cancels the next")
        handles[0].cancel()

    loop.call_soon(cancel_next)
    handles.append(loop.call_soon(trace, "never"))
    loop.call_soon(trace, "after")
    await asyncio.sleep(0)
    trace("turn")
    handles.clear()
    loop.call_later(1, cancel_next)
    handles.append(loop.call_later(1.5, trace, "never"))
    await asyncio.sleep(1)
    trace("one")
    await asyncio.sleep(1)
