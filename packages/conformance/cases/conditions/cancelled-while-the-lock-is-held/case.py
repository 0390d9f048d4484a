# A notified waiter that is cancelled while another holds the lock waits for it, then unwinds and wakes somebody else.
async def main():
    cond = asyncio.Condition()

    async def waiter(n):
        async with cond:
            try:
                await cond.wait()
                trace(n, "notified")
            except asyncio.CancelledError as error:
                trace(n, error, cond.locked())
                raise

    tasks = [asyncio.create_task(waiter(n)) for n in range(3)]
    await asyncio.sleep(0)
    await cond.acquire()
    cond.notify(1)
    await asyncio.sleep(1)
    trace("cancel", tasks[0].cancel("held"))
    await asyncio.sleep(1)
    trace("still held", [task.done() for task in tasks])
    cond.release()
    await asyncio.sleep(1)
    trace([task.done() for task in tasks])
    async with cond:
        cond.notify_all()
    await asyncio.gather(*tasks, return_exceptions=True)
    trace(cond.locked(), tasks[0].cancelling())
