# Workers come to a barrier that is reset and aborted, and are cancelled.
class Random:
    """The same numbers in both languages."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state * 1103515245 + 12345) & 0x7FFFFFFF
        return (self.state >> 16) % limit


async def script(seed):
    random = Random(seed)
    barrier = asyncio.Barrier(2 + random.below(2))
    events = []
    tasks = []

    async def worker(name):
        try:
            for _ in range(2):
                events.append(f"{name}={await barrier.wait()}")
        except asyncio.CancelledError:
            events.append(f"{name}!")
            raise
        except asyncio.BrokenBarrierError:
            events.append(f"{name}#")

    for _ in range(40):
        action = random.below(12)
        if action < 4:
            tasks.append(asyncio.create_task(worker(len(tasks))))
        elif action < 6 and tasks:
            tasks[random.below(len(tasks))].cancel()
        elif action == 6:
            tasks.append(asyncio.create_task(barrier.reset()))
        elif action == 7 and random.below(2) == 0:
            tasks.append(asyncio.create_task(barrier.abort()))
        else:
            events.append(f"{barrier.n_waiting}{'b' if barrier.broken else '.'}")
            await asyncio.sleep(0)
    for _ in range(40):
        await asyncio.sleep(0)
    events.append(f"|{barrier.n_waiting}|")
    await barrier.abort()
    await asyncio.gather(*tasks, return_exceptions=True)
    trace(seed, "".join(events), barrier.n_waiting, barrier.broken)


async def main():
    for seed in range(60):
        await script(seed)
