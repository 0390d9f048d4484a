# A callback that raises is reported, and the turn goes on; a new handler hears of the next.
async def main():
    def fail(text):
        raise ValueError(text)

    loop.call_soon(fail, "soon")
    loop.call_later(0, fail, "later")
    loop.call_soon(trace, "goes on")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    before = loop.get_exception_handler()
    loop.set_exception_handler(lambda own, context: trace("mine", own is loop, context["exception"]))
    loop.call_soon(fail, "mine")
    await asyncio.sleep(0)
    loop.set_exception_handler(before)
    loop.call_exception_handler({"message": "by hand", "exception": TypeError()})
    loop.call_exception_handler({"message": "no exception"})
