# Tasks of a group have the names and contexts they are given.
import contextvars


async def main():
    variable = contextvars.ContextVar("variable", default="unset")
    context = contextvars.copy_context()

    async def work(value):
        trace(asyncio.current_task().get_name(), variable.get())
        variable.set(value)

    async with asyncio.TaskGroup() as tg:
        tg.create_task(work(1), name="one", context=context)
        tg.create_task(work(2), name="two")
    trace(variable.get(), context[variable])
