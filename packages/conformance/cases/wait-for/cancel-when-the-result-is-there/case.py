# A cancel in the turn in which the result came is not lost: the result is.
async def main():
    future = loop.create_future()

    async def waiter():
        try:
            trace(await asyncio.wait_for(future, 10))
        except asyncio.CancelledError as error:
            trace(error)
            raise

    task = asyncio.create_task(waiter())
    await asyncio.sleep(1)
    future.set_result("result")
    trace(task.cancel("late"))
    await asyncio.wait([task])
    trace(task.cancelled(), future.result())
