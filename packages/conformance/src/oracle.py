"""Runs a case on CPython in virtual time, and collects what it traces."""
import asyncio
import heapq
import selectors


class Deadlock(Exception):
    """Nothing is ready, and no timer is left to jump to."""


class VirtualSelector:
    """Never waits: it moves the clock to where the loop would have waited until."""

    def __init__(self):
        self.now = 0.0

    def select(self, timeout):
        if timeout is None:
            raise Deadlock("nothing is ready, and no timer is left")
        if timeout > 0:
            self.now += timeout
        return []

    def get_map(self):
        return {}


class VirtualLoop(asyncio.base_events.BaseEventLoop):
    def __init__(self):
        super().__init__()
        self._selector = VirtualSelector()
        self._clock_resolution = 1e-9

    def time(self):
        return self._selector.now

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


def record(source, name):
    lines = []
    loop = VirtualLoop()
    errors = []
    loop.set_exception_handler(lambda _, context: trace("handler:", context["message"].split(" main.")[0], context.get("exception")))

    def trace(*values):
        lines.append(f"{loop.time():.3f} " + " ".join(text(v) for v in values))

    scope = {"asyncio": asyncio, "trace": trace, "loop": loop, "__name__": name}
    exec(compile(source, name, "exec"), scope)
    main = scope["main"]
    asyncio.events._set_running_loop(None)
    asyncio.set_event_loop(loop)
    task = None
    try:
        task = loop.create_task(main(), name="main")
        loop.run_until_complete(task)
    except Deadlock:
        trace("deadlock")
    except BaseException as error:
        trace("main raised", error)
    finally:
        asyncio.set_event_loop(None)
    return "\n".join(lines) + "\n"
