# What is returned in spite of the cancel is returned.
async def main():
    async def stubborn():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            return "nevertheless"

    trace(await asyncio.wait_for(stubborn(), 1))
    trace(await asyncio.wait_for(asyncio.create_task(stubborn()), 1))
    trace(asyncio.current_task().cancelling())
