# Awaiting a future of another loop is a RuntimeError where it is awaited.
async def main():
    other = asyncio.new_event_loop()
    future = other.create_future()
    try:
        await future
    except RuntimeError as error:
        trace(error)
    try:
        asyncio.ensure_future(future, loop=loop)
    except ValueError as error:
        trace(error)
    future.cancel()
    other.close()
