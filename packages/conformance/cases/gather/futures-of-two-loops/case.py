# Futures of two loops cannot be gathered: a ValueError at the call.
async def main():
    other = asyncio.new_event_loop()
    for futures in ([other.create_future(), loop.create_future()], [loop.create_future(), other.create_future()]):
        try:
            asyncio.gather(*futures)
        except ValueError as error:
            trace(error)
    other.close()
