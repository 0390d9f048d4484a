"""Runs a case on CPython in virtual time, and collects what it traces."""
import asyncio


class Deadlock(Exception):
    """Nothing is ready, and no timer is left to jump to."""


class Clock:
    """Stands still until it is moved; the loops of a case share it."""

    now = 0.0


class VirtualSelector:
    """Never waits: it moves the clock to where the loop would have waited until."""

    def __init__(self, clock):
        self.clock = clock

    def select(self, timeout):
        if timeout is None:
            raise Deadlock("nothing is ready, and no timer is left")
        if timeout > 0:
            self.clock.now += timeout
        return []


class VirtualLoop(asyncio.base_events.BaseEventLoop):
    def __init__(self, clock):
        super().__init__()
        self.clock = clock
        self._selector = VirtualSelector(clock)
        self._clock_resolution = 1e-9

    def time(self):
        return self.clock.now

    def _process_events(self, events):
        pass

    def _write_to_self(self):
        pass


def text(value):
    """The forms that both languages print alike."""
    if value is None:
        return "None"
    if isinstance(value, bool):
        return "True" if value else "False"
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, BaseExceptionGroup):
        return f"{type(value).__name__}({', '.join(text(e) for e in value.exceptions)})"
    if isinstance(value, BaseException):
        return f"{type(value).__name__}({value.args[0] if isinstance(value, asyncio.CancelledError) and value.args else ''})"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(text(v) for v in value) + "]"
    return type(value).__name__


def run(source, name):
    """Runs a case once; it defines `async def main()`, or a plain `program()` that makes its loops itself."""
    lines = []
    clock = Clock()

    def trace(*values):
        lines.append(f"{clock.now:.3f} " + " ".join(text(v) for v in values))

    def handle(_, context):
        trace("handler:", context["message"].split(" main.")[0], context.get("exception"))

    def loop_factory():
        loop = VirtualLoop(clock)
        loop.set_exception_handler(handle)
        return loop

    loop = loop_factory()
    scope = {"asyncio": asyncio, "trace": trace, "loop": loop, "loop_factory": loop_factory, "__name__": name}
    exec(compile(source, name, "exec"), scope)
    asyncio.events._set_running_loop(None)
    asyncio.events.new_event_loop = asyncio.new_event_loop = loop_factory
    try:
        if "program" in scope:
            scope["program"]()
        else:
            asyncio.set_event_loop(loop)
            loop.run_until_complete(loop.create_task(scope["main"](), name="main"))
    except Deadlock:
        trace("deadlock")
    except BaseException as error:
        trace("main raised", error)
    finally:
        asyncio.set_event_loop(None)
    return "\n".join(lines) + "\n"


class Unstable(Exception):
    """A case prints different traces: it shows the order of a set, which depends on addresses."""


def record(source, name, runs=8):
    """The trace of a case, which has to be the same however the objects of a run lie in memory."""
    trace = run(source, name)
    ballast = []
    for n in range(1, runs):
        ballast.append([object() for _ in range(7 * n)])
        again = run(source, name)
        if again != trace:
            raise Unstable(f"{name} is not stable:\n{trace}--- and then:\n{again}")
    return trace
