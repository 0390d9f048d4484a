# A cancel from outside while what ran out of time unwinds wins over the TimeoutError.
async def main():
    async def stubborn():
        try:
            await asyncio.sleep(10)
        finally:
            try:
                await asyncio.sleep(3)
            finally:
                trace("unwound")

    async def waiter():
        try:
            await asyncio.wait_for(stubborn(), 1)
        except BaseException as error:
            trace(error)
            raise

    task = asyncio.create_task(waiter())
    await asyncio.sleep(2)
    task.cancel("outside")
    await asyncio.wait([task])
    trace(task.cancelled(), task.cancelling())
