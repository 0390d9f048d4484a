# With no time at all: a done future gives its result, anything else is cancelled without having run.
async def main():
    done = asyncio.create_task(asyncio.sleep(0, "done"))
    await asyncio.sleep(1)
    trace(await asyncio.wait_for(done, 0))

    async def body():
        trace("never")

    for limit in (0, -1):
        try:
            await asyncio.wait_for(body(), limit)
        except TimeoutError as error:
            trace(error)
