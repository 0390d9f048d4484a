# An item that is put before the last task_done keeps join waiting; one put after it does not.
async def main():
    q = asyncio.Queue()

    async def joiner():
        await q.join()
        trace("joined", q.qsize())

    q.put_nowait(1)
    task = asyncio.create_task(joiner())
    await asyncio.sleep(0)
    q.put_nowait(2)
    q.get_nowait()
    q.task_done()
    await asyncio.sleep(1)
    trace(task.done())
    q.get_nowait()
    q.task_done()
    q.put_nowait(3)
    await task
