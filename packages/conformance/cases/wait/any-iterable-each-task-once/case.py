# wait takes any iterable and each task once; with no time at all it tells what is done now.
async def main():
    tasks = [asyncio.create_task(asyncio.sleep(n, n), name=str(n)) for n in (1, 2, 3)]
    names = lambda those: sorted(task.get_name() for task in those)
    done, pending = await asyncio.wait(iter(tasks + tasks), timeout=2.5)
    trace(names(done), names(pending))
    done, pending = await asyncio.wait(tasks, timeout=0)
    trace(names(done), names(pending))
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    trace(names(done), names(pending))
    done, pending = await asyncio.wait(tasks)
    trace(names(done), names(pending))
