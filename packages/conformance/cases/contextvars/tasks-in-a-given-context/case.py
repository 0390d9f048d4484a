# Tasks that are given one context share it with each other, and not with their creator.
import contextvars

var = contextvars.ContextVar("var", default="default")


async def main():
    async def worker(name):
        trace(name, var.get())
        var.set(name)
        await asyncio.sleep(1)
        trace(name, var.get())

    context = contextvars.copy_context()
    tasks = [asyncio.create_task(worker(n), context=context) for n in "ab"]
    trace(tasks[0].get_context() is context)
    await asyncio.gather(*tasks)
    trace(var.get(), context[var])
    async with asyncio.TaskGroup() as tg:
        tg.create_task(worker("group"), context=context)
    trace(var.get(), context[var])
