# Workers wait on two conditions of one lock, are notified, and are cancelled up to twice.
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
    conditions = [asyncio.Condition(lock), asyncio.Condition(lock)]
    events = []
    tasks = []

    async def waiter(name, condition, turns):
        try:
            async with condition:
                try:
                    await condition.wait()
                    events.append(f"{name}+")
                finally:
                    events.append("L" if condition.locked() else "U")
                    for _ in range(turns):
                        await asyncio.sleep(0)
        except asyncio.CancelledError as error:
            events.append(f"{name}!{error}")
            raise

    async def notifier(condition, count, turns):
        async with condition:
            condition.notify(count)
            for _ in range(turns):
                await asyncio.sleep(0)
            events.append("n")

    for step in range(40):
        action = random.below(7)
        condition = conditions[random.below(2)]
        if action < 2 and len(tasks) < 9:
            tasks.append(asyncio.create_task(waiter(len(tasks), condition, random.below(2))))
        elif action == 2:
            tasks.append(asyncio.create_task(notifier(condition, random.below(3), random.below(3))))
        elif action == 3 and tasks:
            task = tasks[random.below(len(tasks))]
            for _ in range(1 + random.below(2)):
                task.cancel(f"c{step}")
        else:
            events.append("." if lock.locked() else ",")
            await asyncio.sleep(0)
    for _ in range(30):
        await asyncio.sleep(0)
    events.append("|")
    for condition in conditions:
        async with condition:
            condition.notify_all()
    await asyncio.gather(*tasks, return_exceptions=True)
    trace(seed, "".join(events), lock.locked())


async def main():
    for seed in range(60):
        await script(seed)
