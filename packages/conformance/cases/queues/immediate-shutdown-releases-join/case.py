# An immediate shutdown drops the items and counts them as done; a taken one still needs task_done.
async def main():
    q = asyncio.Queue()
    for n in range(3):
        q.put_nowait(n)
    taken = q.get_nowait()

    async def joiner():
        await q.join()
        trace("joined")

    task = asyncio.create_task(joiner())
    await asyncio.sleep(0)
    q.shutdown(immediate=True)
    await asyncio.sleep(1)
    trace(q.qsize(), task.done(), taken)
    q.task_done()
    await task
