# When main has ended, what is left is cancelled and waited for; an error on the way out goes to the handler.
def program():
    async def left_behind():
        try:
            await asyncio.sleep(100)
        finally:
            trace("cancelled")
            await asyncio.sleep(1)
            trace("cleaned up")

    async def raises():
        try:
            await asyncio.sleep(100)
        finally:
            await asyncio.sleep(2)
            raise ValueError("on the way out")

    async def main():
        tasks.append(asyncio.create_task(left_behind()))
        tasks.append(asyncio.create_task(raises()))
        await asyncio.sleep(0)
        return "result"

    tasks = []
    trace(asyncio.run(main(), loop_factory=loop_factory))
    trace(tasks[0].cancelled(), tasks[1].exception())
