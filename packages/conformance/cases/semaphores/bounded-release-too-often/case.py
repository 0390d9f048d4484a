# A bounded semaphore refuses to grow; a bad initial value is refused too.
async def main():
    sem = asyncio.BoundedSemaphore(2)
    await sem.acquire()
    sem.release()
    try:
        sem.release()
    except ValueError as error:
        trace(error)
    try:
        asyncio.Semaphore(-1)
    except ValueError as error:
        trace(error)
