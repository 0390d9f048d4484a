# The non-waiting calls raise.
async def main():
    q = asyncio.Queue(1)
    try:
        q.get_nowait()
    except asyncio.QueueEmpty as error:
        trace(error)
    q.put_nowait(1)
    try:
        q.put_nowait(2)
    except asyncio.QueueFull as error:
        trace(error)
    trace(q.full(), q.empty(), q.qsize(), q.maxsize)
