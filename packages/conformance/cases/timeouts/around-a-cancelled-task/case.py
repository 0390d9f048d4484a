# A task that is cancelled while its limit cleans up ends cancelled, not timed out.
async def main():
    async def worker():
        try:
            async with asyncio.timeout(1) as limit:
                try:
                    await asyncio.sleep(10)
                finally:
                    await asyncio.sleep(5)
        finally:
            trace(limit.expired(), asyncio.current_task().cancelling())

    task = asyncio.create_task(worker())
    await asyncio.sleep(2)
    task.cancel("outside")
    try:
        await task
    except asyncio.CancelledError as error:
        trace(error, task.cancelled())
