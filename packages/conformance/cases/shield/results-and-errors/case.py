# What is shielded gives its result or its error; what is done already is returned as it is.
async def main():
    async def work(error):
        await asyncio.sleep(1)
        if error:
            raise ValueError
        return "result"

    trace(await asyncio.shield(work(False)))
    try:
        await asyncio.shield(work(True))
    except ValueError as error:
        trace(error)
    done = loop.create_future()
    done.set_result("done")
    trace(asyncio.shield(done) is done)
    pending = loop.create_future()
    trace(asyncio.shield(pending) is pending)
