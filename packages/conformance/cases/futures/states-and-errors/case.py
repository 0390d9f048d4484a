# What is asked too early, or set twice, is an InvalidStateError.
async def main():
    future = loop.create_future()
    for ask in (future.result, future.exception):
        try:
            ask()
        except asyncio.InvalidStateError as error:
            trace(error)
    future.set_exception(ValueError("x"))
    trace(future.done(), future.cancelled(), future.exception())
    for change in (lambda: future.set_result(1), lambda: future.set_exception(KeyError())):
        try:
            change()
        except asyncio.InvalidStateError as error:
            trace(error)
    trace(future.cancel())
    cancelled = loop.create_future()
    trace(cancelled.cancel("why"), cancelled.done(), cancelled.cancelled())
    for ask in (cancelled.result, cancelled.exception):
        try:
            ask()
        except asyncio.CancelledError as error:
            trace(error)
