# A subclass decides what is kept, and in which order: here each item once.
async def main():
    class UniqueQueue(asyncio.Queue):
        def _init(self, maxsize):
            self._queue = {}

        def _put(self, item):
            self._queue[item] = True

        def _get(self):
            item = next(iter(self._queue))
            del self._queue[item]
            return item

        def qsize(self):
            return len(self._queue)

    q = UniqueQueue(2)
    for n in (1, 1, 2):
        await q.put(n)
    trace(q.qsize(), q.full())

    async def putter():
        await q.put(3)
        trace("put 3")

    task = asyncio.create_task(putter())
    await asyncio.sleep(0)
    trace(await q.get())
    await task
    trace(await q.get(), await q.get(), q.empty())
