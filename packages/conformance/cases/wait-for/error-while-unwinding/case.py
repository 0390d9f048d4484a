# What is waited for, and raises while it is being cancelled, passes its own error on.
async def main():
    async def raises():
        try:
            await asyncio.sleep(10)
        finally:
            await asyncio.sleep(1)
            raise ValueError("unwinding")

    for wrap in (lambda c: c, asyncio.create_task):
        try:
            await asyncio.wait_for(wrap(raises()), 1)
        except ValueError as error:
            trace(error, asyncio.current_task().cancelling())
    try:
        await asyncio.wait_for(asyncio.create_task(raises()), 0)
    except TimeoutError as error:
        trace(error)
