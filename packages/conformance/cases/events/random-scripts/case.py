# Workers wait for an event that is set and cleared, and are cancelled.
class Random:
    """The same numbers in both languages."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state * 1103515245 + 12345) & 0x7FFFFFFF
        return (self.state >> 16) % limit


async def script(seed):
    random = Random(seed)
    event = asyncio.Event()
    events = []
    tasks = []

    async def worker(name, swallows):
        for _ in range(2):
            try:
                await event.wait()
                events.append(f"{name}{'+' if event.is_set() else '-'}")
                await asyncio.sleep(0)
            except asyncio.CancelledError:
                events.append(f"{name}!")
                if not swallows:
                    raise

    for _ in range(40):
        action = random.below(8)
        if action < 3 and len(tasks) < 9:
            tasks.append(asyncio.create_task(worker(len(tasks), random.below(3) == 0)))
        elif action == 3 and tasks:
            tasks[random.below(len(tasks))].cancel()
        elif action == 4:
            event.set()
        elif action == 5:
            event.clear()
        else:
            events.append(".")
            await asyncio.sleep(0)
    event.set()
    await asyncio.gather(*tasks, return_exceptions=True)
    trace(seed, "".join(events))


async def main():
    for seed in range(60):
        await script(seed)
