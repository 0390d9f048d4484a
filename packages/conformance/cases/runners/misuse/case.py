# A runner wants something to await; a loop that runs cannot be run again.
def program():
    async def inner():
        trace("never")

    async def main():
        for misuse in (lambda c: loop.run_until_complete(c), lambda c: loop.run_forever()):
            coroutine = inner()
            try:
                misuse(coroutine)
            except RuntimeError as error:
                trace(error)
            coroutine.close()
        try:
            loop.close()
        except RuntimeError as error:
            trace(error)
        return "main"

    runner = asyncio.Runner(loop_factory=loop_factory)
    loop = runner.get_loop()
    for wrong in (1, None, main):
        try:
            runner.run(wrong)
        except TypeError as error:
            trace(error)
    trace(runner.run(main()))
    runner.close()
    coroutine = main()
    try:
        runner.run(coroutine)
    except RuntimeError as error:
        trace(error)
    coroutine.close()
