# Of two limits that expire together only the outer raises.
async def main():
    try:
        async with asyncio.timeout(1) as outer:
            try:
                async with asyncio.timeout(1) as inner:
                    await asyncio.sleep(10)
            except BaseException as error:
                trace("inner", error, inner.expired(), outer.expired())
                raise
    except TimeoutError as error:
        trace("outer", error, asyncio.current_task().cancelling())
