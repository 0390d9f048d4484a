# What an awaited coroutine sets is seen by who awaits it; what a task or a gathered coroutine sets is not.
import contextvars

var = contextvars.ContextVar("var", default="default")


async def main():
    async def sets(value):
        var.set(value)
        await asyncio.sleep(1)
        return var.get()

    trace(await sets("awaited"), var.get())
    trace(await asyncio.create_task(sets("task")), var.get())
    trace(await asyncio.gather(sets("a"), sets("b")), var.get())
    trace(await asyncio.wait_for(sets("wait_for"), 10), var.get())
    async with asyncio.timeout(10):
        await sets("timeout")
    trace(var.get())
    async with asyncio.TaskGroup() as tg:
        tg.create_task(sets("group"))
        var.set("body")
    trace(var.get())
