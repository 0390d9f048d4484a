# The event set in the turn in which the limit ends: the TimeoutError wins, and the others still go on.
async def main():
    event = asyncio.Event()

    async def limited():
        try:
            trace("limited", await asyncio.wait_for(event.wait(), 1))
        except TimeoutError as error:
            trace("limited", error, event.is_set())

    async def patient():
        trace("patient", await event.wait())

    loop.call_later(1, event.set)
    await asyncio.gather(limited(), patient())
    try:
        await asyncio.wait_for(event.wait(), 0)
    except TimeoutError as error:
        trace("no time at all", error)
