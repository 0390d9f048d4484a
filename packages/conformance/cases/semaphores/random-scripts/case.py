# As with the locks, with slots that are also given back several at once.
class Random:
    """The same numbers in both languages."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state * 1103515245 + 12345) & 0x7FFFFFFF
        return (self.state >> 16) % limit


async def script(seed):
    random = Random(seed)
    semaphore = asyncio.Semaphore(random.below(3))
    events = []
    tasks = []

    async def worker(name, turns, swallows):
        for _ in range(2):
            try:
                await semaphore.acquire()
                events.append(f"{name}+")
                for _ in range(turns):
                    await asyncio.sleep(0)
                semaphore.release()
                events.append(f"{name}-")
            except asyncio.CancelledError:
                events.append(f"{name}!")
                if not swallows:
                    raise

    for _ in range(40):
        action = random.below(7)
        if action < 3 and len(tasks) < 8:
            tasks.append(asyncio.create_task(worker(len(tasks), random.below(3), random.below(3) == 0)))
        elif action == 3 and tasks:
            tasks[random.below(len(tasks))].cancel()
        elif action == 4:
            for _ in range(1 + random.below(2)):
                semaphore.release()
            events.append("r")
        else:
            events.append("." if semaphore.locked() else ",")
            await asyncio.sleep(0)
    for _ in range(20):
        semaphore.release()
    await asyncio.gather(*tasks, return_exceptions=True)
    trace(seed, "".join(events), semaphore._value)


async def main():
    for seed in range(60):
        await script(seed)
