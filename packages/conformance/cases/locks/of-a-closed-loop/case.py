# What a task has waited for on one loop can be waited for on another once the first is closed.
def program():
    lock = asyncio.Lock()
    event = asyncio.Event()
    semaphore = asyncio.Semaphore(1)
    queue = asyncio.Queue(1)

    async def contend():
        await lock.acquire()
        await semaphore.acquire()
        await queue.put(1)
        for wait in (lock.acquire, event.wait, semaphore.acquire, lambda: queue.put(2)):
            try:
                await asyncio.wait_for(wait(), 1)
            except (RuntimeError, TimeoutError) as error:
                trace(error)

    async def elsewhere():
        trace(queue.get_nowait())
        lock.release()
        await lock.acquire()
        trace(lock.locked())

    asyncio.run(contend(), loop_factory=loop_factory)
    lock.release()
    semaphore.release()
    trace(queue.get_nowait())
    asyncio.run(contend(), loop_factory=loop_factory)
    asyncio.run(elsewhere(), loop_factory=loop_factory)
