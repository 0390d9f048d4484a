"""CPython's asyncio, trio left out: one workload, timed as the JavaScript peers are."""
import asyncio
import sys
import time


async def nothing(i):
    return i


async def spin(turns):
    for _ in range(turns):
        await asyncio.sleep(0)


async def job(i):
    await asyncio.sleep(0)
    return i


async def task_spawn(n):
    await asyncio.gather(*[nothing(i) for i in range(n)])


async def switch(n):
    await asyncio.gather(*[spin(n // 1000) for _ in range(1000)])


async def switch_2(n):
    await asyncio.gather(spin(n // 2), spin(n // 2))


async def queue_pingpong(n):
    there, back = asyncio.Queue(1), asyncio.Queue(1)

    async def echo():
        for _ in range(n):
            await back.put(await there.get())

    task = asyncio.create_task(echo())
    for i in range(n):
        await there.put(i)
        await back.get()
    await task


async def queue_pipe(n):
    queue = asyncio.Queue(100)

    async def produce():
        for i in range(n):
            await queue.put(i)

    task = asyncio.create_task(produce())
    for _ in range(n):
        await queue.get()
    await task


async def lock_uncontended(n):
    lock = asyncio.Lock()
    for _ in range(n):
        await lock.acquire()
        lock.release()


async def lock_contended(n):
    lock = asyncio.Lock()

    async def hold():
        for _ in range(n // 100):
            await lock.acquire()
            await asyncio.sleep(0)
            lock.release()

    await asyncio.gather(*[hold() for _ in range(100)])


async def lock_waiters_1k(n):
    lock = asyncio.Lock()
    await lock.acquire()

    async def wait():
        await lock.acquire()
        lock.release()

    tasks = [asyncio.create_task(wait()) for _ in range(n)]
    await asyncio.sleep(0)
    lock.release()
    await asyncio.gather(*tasks)


lock_waiters_10k = lock_waiters_1k


async def sem_limited(n):
    semaphore = asyncio.Semaphore(100)

    async def limited(i):
        async with semaphore:
            return await job(i)

    await asyncio.gather(*[limited(i) for i in range(n)])


map_limited = sem_limited


async def timers_fire(n):
    await asyncio.gather(*[asyncio.sleep(i * 7919 % 1000 / 10000) for i in range(n)])


async def timers_cancel(n):
    loop = asyncio.get_running_loop()
    handles = [loop.call_later(10 + i % 100, int) for i in range(n)]
    for handle in handles:
        handle.cancel()
    await asyncio.sleep(0)


async def cancel(n):
    tasks = [asyncio.create_task(asyncio.sleep(100)) for _ in range(n)]
    await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def timeout(n):
    for _ in range(n):
        async with asyncio.timeout(10):
            pass


def main():
    name, n, rounds, cpu, library = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4] == "cpu", sys.argv[5]
    if library == "uvloop":
        import uvloop

        uvloop.install()
    workload = globals().get(name)
    if workload is None:
        print("null")
        return

    async def measure():
        rates = []
        for _ in range(rounds + 1):
            start, start_cpu = time.perf_counter(), time.process_time()
            await workload(n)
            rates.append(n / ((time.process_time() - start_cpu) if cpu else (time.perf_counter() - start)))
        rates = sorted(rates[1:])
        print(rates[len(rates) // 2])

    asyncio.run(measure())


main()
