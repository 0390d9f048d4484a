# Releasing what nobody holds is an error.
async def main():
    lock = asyncio.Lock()
    try:
        lock.release()
    except RuntimeError as error:
        trace(error)
    await lock.acquire()
    lock.release()
    try:
        lock.release()
    except RuntimeError as error:
        trace(error)
