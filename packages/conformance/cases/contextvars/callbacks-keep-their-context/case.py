# A callback runs in a copy of the context of whoever registered it, or in the one that was given.
import contextvars

var = contextvars.ContextVar("var", default="default")


async def main():
    future = loop.create_future()
    var.set("registered")
    given = contextvars.copy_context()
    future.add_done_callback(lambda f: trace("callback", var.get()))
    loop.call_later(1, lambda: trace("timer", var.get()))
    var.set("settled")
    loop.call_later(1, lambda: trace("given", var.get()), context=given)
    loop.call_soon(lambda: var.set("inside"), context=given)
    future.add_done_callback(lambda f: trace("given callback", var.get()), context=given)
    future.set_result(None)
    await asyncio.sleep(2)
    trace(var.get(), given[var])
