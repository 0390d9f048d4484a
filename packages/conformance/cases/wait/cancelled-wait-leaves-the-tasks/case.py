# Cancelling whoever waits leaves what is waited for running; a cancelled task counts as done.
async def main():
    tasks = [asyncio.create_task(asyncio.sleep(n, n)) for n in (2, 3)]
    waiter = asyncio.create_task(asyncio.wait(tasks))
    await asyncio.sleep(1)
    waiter.cancel()
    try:
        await waiter
    except asyncio.CancelledError as error:
        trace(error, [task.done() for task in tasks])
    tasks[1].cancel()
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    trace(len(done), len(pending), tasks[1] in done)
    done, pending = await asyncio.wait(tasks)
    trace(len(done), len(pending), tasks[0].result())
    for wrong in ([], set()):
        try:
            await asyncio.wait(wrong)
        except ValueError as error:
            trace(error)
