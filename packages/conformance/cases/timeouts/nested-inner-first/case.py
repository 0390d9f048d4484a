# The inner limit raises inside the outer, which goes on.
async def main():
    async with asyncio.timeout(5) as outer:
        try:
            async with asyncio.timeout(1):
                await asyncio.sleep(10)
        except TimeoutError as error:
            trace(error, outer.expired())
        await asyncio.sleep(1)
    trace(outer.expired(), asyncio.current_task().cancelling())
