"""Plays scripts of operations on CPython's StreamReader and notes what happens. Read by record-reader.mjs."""
import asyncio
import json


class FakeSelector:
    def select(self, timeout):
        return []


class TurnedLoop(asyncio.base_events.BaseEventLoop):
    """A loop that is turned by hand."""

    _selector = FakeSelector()

    def _process_events(self, events):
        pass

    def _write_to_self(self):
        pass

    def settle(self):
        for _ in range(4):
            self._run_once()


class FakeTransport:
    def __init__(self, log):
        self.log = log

    def pause_reading(self):
        self.log.append("pause")

    def resume_reading(self):
        self.log.append("resume")


def outcome(task):
    if not task.done():
        return "waiting"
    if task.cancelled():
        return "CancelledError"
    error = task.exception()
    if error is None:
        return task.result().hex()
    name = type(error).__name__
    if isinstance(error, asyncio.IncompleteReadError):
        return f"{name} {error.partial.hex()} {error.expected}"
    if isinstance(error, asyncio.LimitOverrunError):
        return f"{name} {error.consumed}"
    return f"{name} {error}"


def play(script):
    loop = TurnedLoop()
    asyncio._set_running_loop(loop)
    log, tasks = [], []
    try:
        reader = asyncio.StreamReader(script["limit"], loop=loop)
        reader.set_transport(FakeTransport(log))
        for step in script["steps"]:
            op, *args = step
            if op == "feed":
                if not reader._eof:
                    reader.feed_data(bytes.fromhex(args[0]))
            elif op == "eof":
                reader.feed_eof()
            elif op == "fail":
                reader.set_exception(OSError("broken"))
            elif op == "cancel":
                if tasks:
                    tasks[-1].cancel()
            else:
                if op == "readuntil":
                    args = [tuple(bytes.fromhex(each) for each in args[0])]
                tasks.append(loop.create_task(getattr(reader, op)(*args)))
            loop.settle()
        left = bytes(reader._buffer).hex()
        return [log, [outcome(task) for task in tasks], left, reader.at_eof()]
    finally:
        for task in tasks:
            task.cancel()
        loop.settle()
        asyncio._set_running_loop(None)
        loop.close()


json.dumps([play(script) for script in json.loads(scripts)])
