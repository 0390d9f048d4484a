# wait neither cancels nor raises.
async def main():
    tasks = [asyncio.create_task(asyncio.sleep(n, n)) for n in (1, 2, 3)]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    trace(len(done), len(pending))
    done, pending = await asyncio.wait(tasks, timeout=1)
    trace(len(done), len(pending))
    done, pending = await asyncio.wait(tasks, timeout=0)
    trace(len(done), len(pending))
    done, pending = await asyncio.wait(tasks)
    trace(len(done), len(pending))
