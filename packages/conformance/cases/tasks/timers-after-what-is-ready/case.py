# A timer that comes due runs in the turn after what is ready, in that turn.
async def main():
    loop.call_later(1, trace, "timer")

    async def spin():
        for n in range(3):
            trace("spin", n)
            await asyncio.sleep(0)

    await asyncio.sleep(1)
    trace("awake")
    loop.call_later(0, trace, "zero timer")
    loop.call_soon(trace, "soon")
    await spin()
