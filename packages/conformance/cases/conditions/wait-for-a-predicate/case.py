# wait_for looks at once, and again after each notification, and returns what the predicate returned.
async def main():
    cond = asyncio.Condition()
    state = 0

    async def waiter():
        async with cond:
            trace("got", await cond.wait_for(lambda: state if state >= 2 else 0))

    task = asyncio.create_task(waiter())
    await asyncio.sleep(0)
    for _ in range(3):
        async with cond:
            state += 1
            cond.notify()
            trace("state", state)
        await asyncio.sleep(1)
    await task
    async with cond:
        trace(await cond.wait_for(lambda: "at once"))
