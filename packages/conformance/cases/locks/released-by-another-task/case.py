# A lock belongs to nobody: any task may release it.
async def main():
    lock = asyncio.Lock()

    async def releaser():
        trace("releases", lock.locked())
        lock.release()

    await lock.acquire()
    asyncio.create_task(releaser())
    await lock.acquire()
    trace("again", lock.locked())
    lock.release()
    trace(lock.locked())
