# A shielded task outlives the limit of the wait.
async def main():
    async def worker():
        await asyncio.sleep(2)
        trace("worker ends")
        return "result"

    task = asyncio.create_task(worker())
    try:
        await asyncio.wait_for(asyncio.shield(task), 1)
    except TimeoutError as error:
        trace(error, task.done())
    trace(await task)
