# All the runs of a Runner have one loop and one context, unless they are given another.
import contextvars


def program():
    var = contextvars.ContextVar("var", default="default")

    async def main(value):
        trace(var.get(), asyncio.get_running_loop() is runner.get_loop())
        var.set(value)
        await asyncio.sleep(1)

    with asyncio.Runner(loop_factory=loop_factory) as runner:
        runner.run(main("first"))
        runner.run(main("second"))
        runner.run(main("elsewhere"), context=contextvars.copy_context())
        runner.run(main("third"))
    trace(var.get())
