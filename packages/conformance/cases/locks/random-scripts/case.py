# Workers come, are cancelled and hold the lock for some turns, as random numbers have it.
class Random:
    """The same numbers in both languages."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state * 1103515245 + 12345) & 0x7FFFFFFF
        return (self.state >> 16) % limit


async def script(seed):
    random = Random(seed)
    lock = asyncio.Lock()
    events = []
    tasks = []

    async def worker(name, turns, swallows):
        for _ in range(2):
            try:
                async with lock:
                    events.append(f"{name}+")
                    for _ in range(turns):
                        await asyncio.sleep(0)
                events.append(f"{name}-")
            except asyncio.CancelledError:
                events.append(f"{name}!")
                if not swallows:
                    raise

    for _ in range(30):
        action = random.below(5)
        if action < 2 and len(tasks) < 8:
            tasks.append(asyncio.create_task(worker(len(tasks), random.below(3), random.below(3) == 0)))
        elif action == 2 and tasks:
            tasks[random.below(len(tasks))].cancel()
        else:
            events.append("." if lock.locked() else ",")
            await asyncio.sleep(0)
    await asyncio.gather(*tasks, return_exceptions=True)
    trace(seed, "".join(events), lock.locked())


async def main():
    for seed in range(60):
        await script(seed)
