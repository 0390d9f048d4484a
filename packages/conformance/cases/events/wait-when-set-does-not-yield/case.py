# Waiting for an event that is set gives up no turn.
async def main():
    event = asyncio.Event()
    event.set()

    async def other():
        trace("other")

    task = asyncio.create_task(other())
    trace(await event.wait())
    trace("still here")
    await task
