# A task's result is its coroutine's alone.
async def main():
    task = asyncio.create_task(asyncio.sleep(1, "result"))
    try:
        task.set_result(1)
    except RuntimeError as error:
        trace(error)
    try:
        task.set_exception(ValueError())
    except RuntimeError as error:
        trace(error)
    trace(await task)
