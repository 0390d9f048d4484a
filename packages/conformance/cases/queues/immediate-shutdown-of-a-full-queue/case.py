# An immediate shutdown ends getters, putters and joiners alike, and what was in the queue is gone.
async def main():
    q = asyncio.Queue(1)
    q.put_nowait("lost")

    async def attempt(name, operation):
        try:
            trace(name, await operation)
        except asyncio.QueueShutDown as error:
            trace(name, error)

    tasks = [
        asyncio.create_task(attempt("put 1", q.put(1))),
        asyncio.create_task(attempt("put 2", q.put(2))),
        asyncio.create_task(attempt("join", q.join())),
    ]
    await asyncio.sleep(1)
    q.shutdown(immediate=True)
    trace(q.qsize(), q.empty(), q.full())
    await asyncio.gather(*tasks)
    await attempt("get", q.get())
    try:
        q.task_done()
    except ValueError as error:
        trace(error)
