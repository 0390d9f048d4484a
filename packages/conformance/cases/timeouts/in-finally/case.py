# A timeout in the finally block of one that has expired is one of its own.
async def main():
    try:
        async with asyncio.timeout(1):
            try:
                await asyncio.sleep(10)
            finally:
                trace("unwinding", asyncio.current_task().cancelling())
                try:
                    async with asyncio.timeout(1):
                        await asyncio.sleep(10)
                except TimeoutError as error:
                    trace("inner", error, asyncio.current_task().cancelling())
    except TimeoutError as error:
        trace("outer", error, asyncio.current_task().cancelling())
