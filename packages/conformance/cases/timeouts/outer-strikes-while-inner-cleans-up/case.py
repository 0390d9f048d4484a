# A limit that strikes while an inner one cleans up interrupts that; each raises outside its own scope.
async def main():
    task = asyncio.current_task()
    try:
        async with asyncio.timeout(2) as outer:
            try:
                async with asyncio.timeout(1) as inner:
                    try:
                        await asyncio.sleep(10)
                    finally:
                        trace("clean-up", task.cancelling())
                        await asyncio.sleep(10)
            except TimeoutError:
                trace("never")
            finally:
                trace("inner", inner.expired(), outer.expired(), task.cancelling())
    except TimeoutError as error:
        trace("outer", error, task.cancelling())
    await asyncio.sleep(1)
    trace("goes on")
