# A predicate that raises ends the wait with its error, the lock still held; notify_all wakes the rest.
async def main():
    cond = asyncio.Condition()
    state = ["good"]

    def predicate():
        if state[0] == "bad":
            raise ValueError("bad state")
        return state[0] == "done" and state[0]

    async def waiter(n):
        async with cond:
            try:
                trace(n, await cond.wait_for(predicate))
            except ValueError as error:
                trace(n, error, cond.locked())

    a = asyncio.create_task(waiter("a"))
    b = asyncio.create_task(waiter("b"))
    await asyncio.sleep(0)
    async with cond:
        state[0] = "bad"
        cond.notify()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    async with cond:
        state[0] = "done"
        cond.notify_all()
    await asyncio.gather(a, b)
