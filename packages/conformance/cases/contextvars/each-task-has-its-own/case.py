# A task starts with a copy of its creator's values, and keeps its own changes to itself.
import contextvars

var = contextvars.ContextVar("var", default="default")


async def main():
    trace(var.get())
    token = var.set("main")

    async def worker(name):
        trace(name, var.get())
        var.set(name)
        await asyncio.sleep(1)
        trace(name, var.get())

    tasks = [asyncio.create_task(worker(n)) for n in "ab"]
    var.set("changed")
    await asyncio.gather(*tasks)
    trace(var.get())
    var.reset(token)
    trace(var.get())
    loop.call_soon(lambda: trace("callback", var.get()))
    var.set("after")
    await asyncio.sleep(0)
