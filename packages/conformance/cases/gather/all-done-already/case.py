# Children that are done already finish the whole at once.
async def main():
    a = asyncio.create_task(asyncio.sleep(0, "a"))
    b = asyncio.create_task(asyncio.sleep(0, "b"))
    await asyncio.sleep(1)
    whole = asyncio.gather(a, b)
    trace(whole.done(), await whole)
