# wait and notify without the lock are errors.
async def main():
    cond = asyncio.Condition()
    try:
        await cond.wait()
    except RuntimeError as error:
        trace(error)
    try:
        cond.notify()
    except RuntimeError as error:
        trace(error)
    try:
        cond.notify_all()
    except RuntimeError as error:
        trace(error)
