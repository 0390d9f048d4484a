# A task that awaits itself gets a RuntimeError.
async def main():
    async def worker():
        try:
            await asyncio.current_task()
        except RuntimeError as error:
            trace(error)

    await asyncio.create_task(worker())
