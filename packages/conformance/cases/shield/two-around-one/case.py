# Each shield has a result of its own: cancelling one leaves the other, and the inner task.
async def main():
    task = asyncio.create_task(asyncio.sleep(1, "result"))
    a, b = asyncio.shield(task), asyncio.shield(task)
    a.cancel("a")
    trace(a.cancelled(), b.done(), task.done())
    trace(await b)

    async def fail():
        await asyncio.sleep(1)
        raise ValueError("inner")

    try:
        await asyncio.shield(fail())
    except ValueError as error:
        trace(error)
