# Producers and consumers of all kinds come and are cancelled, and the queue is shut down.
class Random:
    """The same numbers in both languages."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state * 1103515245 + 12345) & 0x7FFFFFFF
        return (self.state >> 16) % limit


async def script(seed):
    random = Random(seed)
    queue = [asyncio.Queue, asyncio.PriorityQueue, asyncio.LifoQueue][random.below(3)](random.below(4))
    events = []
    tasks = []
    number = 0

    async def attempt(name, body):
        try:
            events.append(f"{name}{await body}")
        except asyncio.CancelledError:
            events.append(f"{name}!")
            raise
        except asyncio.QueueShutDown:
            events.append(f"{name}x")

    async def put(item):
        await queue.put(item)
        return item

    async def join():
        await queue.join()
        return ""

    def now(act):
        try:
            events.append(act())
        except (asyncio.QueueEmpty, asyncio.QueueFull, asyncio.QueueShutDown, ValueError) as error:
            events.append(type(error).__name__)

    for _ in range(60):
        action = random.below(24)
        if action < 5:
            tasks.append(asyncio.create_task(attempt("g", queue.get())))
        elif action < 10:
            # Every priority comes once: CPython does not say in which order it gives equal ones.
            number += 1
            tasks.append(asyncio.create_task(attempt("p", put(number * 7 % 64))))
        elif action < 12:
            now(lambda: f"G{queue.get_nowait()}")
        elif action < 14:
            number += 1
            now(lambda: queue.put_nowait(number * 7 % 64) or "P")
        elif action < 16 and tasks:
            tasks[random.below(len(tasks))].cancel()
        elif action == 16:
            now(lambda: queue.task_done() or "D")
        elif action == 17:
            tasks.append(asyncio.create_task(attempt("j", join())))
        elif action == 18 and random.below(3) == 0:
            queue.shutdown(random.below(3) == 0)
            events.append("S")
        else:
            events.append(f"{queue.qsize()}{'f' if queue.full() else '.'}")
            await asyncio.sleep(0)
    for _ in range(20):
        await asyncio.sleep(0)
    queue.shutdown(immediate=True)
    events.append("|")
    for _ in range(20):
        await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    trace(seed, " ".join(events))


async def main():
    for seed in range(60):
        await script(seed)
