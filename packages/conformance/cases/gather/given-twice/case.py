# A coroutine that is given twice runs once, and its result is in both places; all that fail at once fail as one.
async def main():
    async def work(name):
        trace(name, "runs")
        await asyncio.sleep(0)
        return name

    one, two = work("one"), work("two")
    trace(await asyncio.gather(one, two, one))

    async def fail():
        raise ValueError

    failing = [asyncio.create_task(fail()) for _ in range(3)]
    await asyncio.wait(failing)
    try:
        await asyncio.gather(*failing)
    except ValueError as error:
        trace(error)
    trace(await asyncio.gather(*failing, return_exceptions=True))
