# Cancelling the whole cancels the children, and ends when they have ended, even with return_exceptions.
async def main():
    async def worker(n):
        try:
            await asyncio.sleep(10)
        finally:
            await asyncio.sleep(n)
            trace("unwound", n)

    for collect in (False, True):
        whole = asyncio.gather(worker(1), worker(2), return_exceptions=collect)
        await asyncio.sleep(0)
        trace(whole.cancel("message"))
        try:
            await whole
        except asyncio.CancelledError as error:
            trace(collect, error, whole.cancelled())
        await asyncio.sleep(5)
