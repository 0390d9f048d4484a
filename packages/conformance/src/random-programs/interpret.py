"""Runs random programs on CPython in virtual time; the other half is interpret.ts, statement by statement.

What asyncio leaves open is settled here as asyncio-ts settles it: equal deadlines are served in the order of the calls,
the tasks of a group are cancelled in the order in which they were made, and no task vanishes while it waits.
"""
import asyncio
import contextvars
import gc
import json
import logging
import sys
import warnings

from pyodide import webloop

LOCKS = EVENTS = CONDITIONS = FUTURES = GROUPS = TIMEOUTS = 2
SLOTS = 4
MAX_COROUTINES = 40


class OrderedSet(dict):
    """A set that keeps the order of insertion, as far as TaskGroup needs one."""

    def add(self, item):
        self[item] = None

    def discard(self, item):
        self.pop(item, None)


class OrderedTimer(asyncio.TimerHandle):
    """A timer that keeps its place among those that are due with it."""

    made = 0

    def __init__(self, *args):
        super().__init__(*args)
        OrderedTimer.made += 1
        self.order = OrderedTimer.made

    def __lt__(self, other):
        return (self._when, self.order) < (other._when, other.order)


class OrderedGroup(asyncio.TaskGroup):
    def __init__(self):
        super().__init__()
        self._tasks = OrderedSet()


class Idle(Exception):
    """Nothing is ready, and no timer is left."""


class IdleSelector:
    def __init__(self, loop):
        self.loop = loop

    def select(self, timeout):
        if timeout is None:
            raise Idle
        self.loop.now += max(0, timeout)
        return []


class ProgramLoop(asyncio.base_events.BaseEventLoop):
    def __init__(self):
        super().__init__()
        self.now = 0.0
        self._selector = IdleSelector(self)
        self._clock_resolution = 1e-9

    def time(self):
        return self.now

    def call_at(self, when, callback, *args, context=None):
        self._check_closed()
        timer = OrderedTimer(when, callback, args, self, context)
        asyncio.base_events.heapq.heappush(self._scheduled, timer)
        timer._scheduled = True
        return timer

    def _process_events(self, events):
        pass

    def _write_to_self(self):
        pass


def text(value):
    """The forms that both languages print alike."""
    if isinstance(value, BaseExceptionGroup):
        return f"{type(value).__name__}({', '.join(text(e) for e in value.exceptions)})"
    if isinstance(value, asyncio.CancelledError):
        return f"CancelledError({value.args[0] if value.args else ''})"
    if isinstance(value, BaseException):
        return type(value).__name__
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(text(v) for v in value) + "]"
    return str(value)


def ends_with_a_stale_message(gathering, return_exceptions):
    """Whether a cancelled gather tells the message of a cancel that its last child caught long ago, by accident."""
    children = getattr(gathering, "_children", [])
    if not gathering.done() or not children or children[-1].cancelled():
        return False
    return return_exceptions or not any(child.cancelled() for child in children)


class Frame:
    """A running coroutine: who it is, and whether it has returned."""

    def __init__(self, number):
        self.number = number
        self.returned = False


class World:
    def __init__(self, program, loop):
        self.program = program
        self.loop = loop
        self.lines = []
        self.over = False
        self.coroutines = 0
        self.numbers = {}
        self.slots = [None] * SLOTS
        self.groups = [None] * GROUPS
        self.timeouts = [None] * TIMEOUTS
        self.variable = contextvars.ContextVar("variable", default="unset")
        conditions = [asyncio.Condition() for _ in range(CONDITIONS)]
        self.lockables = {
            "lock": [asyncio.Lock() for _ in range(LOCKS)],
            "semaphore": [asyncio.Semaphore(n) for n in program["semaphores"]],
            "bounded": [asyncio.BoundedSemaphore(n) for n in program["bounded"]],
            "condition": conditions,
        }
        self.conditions = conditions
        self.events = [asyncio.Event() for _ in range(EVENTS)]
        self.barriers = [asyncio.Barrier(n) for n in program["barriers"]]
        self.queues = [getattr(asyncio, q["kind"])(q["maxsize"]) for q in program["queues"]]
        self.futures = [loop.create_future() for _ in range(FUTURES)]

    def trace(self, *values):
        if not self.over:
            self.lines.append(f"{self.loop.now:g} " + " ".join(text(v) for v in values))

    def start(self, index):
        """A new coroutine, or None when there are too many."""
        if self.coroutines >= MAX_COROUTINES:
            return None
        number = self.coroutines
        self.coroutines += 1
        return number, self.run_def(number, index)

    def register(self, number, task):
        self.numbers[task] = number
        return task

    async def run_def(self, number, index):
        frame = Frame(number)
        try:
            await self.run(frame, self.program["defs"][index])
        except BaseException as error:
            self.trace(number, "ends", error)
            raise
        self.trace(number, "ends")
        return number

    async def run(self, frame, body):
        for s in body:
            op = s["op"]
            try:
                sync = getattr(self, "sync_" + op, None)
                value = sync(s) if sync else await getattr(self, "do_" + op)(frame, s)
            except BaseException as error:
                self.trace(frame.number, op, "!", error)
                raise
            self.trace(frame.number, op, "->", value)
            if frame.returned:
                return

    def run_callback(self, body):
        for s in body:
            try:
                value = getattr(self, "sync_" + s["op"])(s)
            except Exception as error:
                value = error
            self.trace("callback", s["op"], value)

    def target(self, frame, target):
        """What to wait for, or None; a task waits only for those made after it, so that none waits for itself."""
        if "def" in target:
            started = self.start(target["def"])
            return started and started[1]
        if "future" in target:
            return self.futures[target["future"]]
        task = self.slots[target["slot"]]
        return task if task is not None and self.numbers[task] > frame.number else None

    # What does not wait.

    def sync_cancel(self, s):
        task = self.slots[s["slot"]]
        if task is None:
            return "none"
        return task.cancel(s["message"]) if "message" in s else task.cancel()

    def sync_uncancel(self, s):
        task = self.slots[s["slot"]]
        return "none" if task is None else task.uncancel()

    def sync_task(self, s):
        task = self.slots[s["slot"]]
        return "none" if task is None else [task.done(), task.cancelled(), task.cancelling()]

    def sync_set(self, s):
        self.events[s["event"]].set()

    def sync_clear(self, s):
        self.events[s["event"]].clear()

    def sync_notify(self, s):
        self.conditions[s["condition"]].notify(s["count"])

    def sync_release(self, s):
        self.lockables[s["kind"]][s["index"]].release()

    def sync_putNowait(self, s):
        self.queues[s["queue"]].put_nowait(s["item"])

    def sync_getNowait(self, s):
        return self.queues[s["queue"]].get_nowait()

    def sync_taskDone(self, s):
        self.queues[s["queue"]].task_done()

    def sync_shutdown(self, s):
        self.queues[s["queue"]].shutdown(s["immediate"])

    def sync_setResult(self, s):
        self.futures[s["future"]].set_result("result")

    def sync_setError(self, s):
        self.futures[s["future"]].set_exception(ValueError())

    def sync_cancelFuture(self, s):
        return self.futures[s["future"]].cancel()

    def sync_reschedule(self, s):
        timeout = self.timeouts[s["timeout"]]
        if timeout is None:
            return "none"
        timeout.reschedule(None if s["seconds"] is None else self.loop.time() + s["seconds"])

    def sync_states(self, s):
        return [
            [o.locked() for kind in ("lock", "semaphore", "bounded", "condition") for o in self.lockables[kind]],
            [o.is_set() for o in self.events],
            [[o.n_waiting, o.broken] for o in self.barriers],
            [[o.qsize(), o.empty(), o.full()] for o in self.queues],
            [o.done() for o in self.futures],
        ]

    # What may wait.

    async def do_sleep(self, frame, s):
        return await asyncio.sleep(s["seconds"], "slept")

    async def do_spawn(self, frame, s):
        started = self.start(s["def"])
        if started is None:
            return "none"
        number, coro = started
        options = {"eager_start": True} if s["eager"] else {}
        task = self.register(number, self.loop.create_task(coro, **options))
        self.slots[s["slot"]] = task
        return number

    async def do_child(self, frame, s):
        group = self.groups[s["group"]]
        started = None if group is None else self.start(s["def"])
        if started is None:
            return "none"
        number, coro = started
        options = {"eager_start": True} if s["eager"] else {}
        self.register(number, group.create_task(coro, **options))
        return number

    async def do_cancelSelf(self, frame, s):
        return asyncio.current_task().cancel("self")

    async def do_uncancelSelf(self, frame, s):
        return asyncio.current_task().uncancel()

    async def do_raise(self, frame, s):
        raise ValueError

    async def do_raiseCancelled(self, frame, s):
        raise asyncio.CancelledError("raised")

    async def do_return(self, frame, s):
        frame.returned = True

    async def do_await(self, frame, s):
        target = self.target(frame, s["target"])
        return "none" if target is None else await target

    async def do_shield(self, frame, s):
        target = self.target(frame, s["target"])
        return "none" if target is None else await asyncio.shield(target)

    async def do_waitFor(self, frame, s):
        target = self.target(frame, s["target"])
        return "none" if target is None else await asyncio.wait_for(target, s["seconds"])

    async def do_gather(self, frame, s):
        targets = [t for t in (self.target(frame, t) for t in s["targets"]) if t is not None]
        gathering = asyncio.gather(*targets, return_exceptions=s["returnExceptions"])
        try:
            return await gathering
        except asyncio.CancelledError as error:
            if ends_with_a_stale_message(gathering, s["returnExceptions"]):
                error.args = ()
            raise

    async def do_wait(self, frame, s):
        tasks = [self.slots[slot] for slot in s["slots"]]
        tasks = [task for task in tasks if task is not None and self.numbers[task] > frame.number]
        done, pending = await asyncio.wait(tasks, timeout=s["seconds"], return_when=s["when"])
        return [sorted(self.numbers[t] for t in done), sorted(self.numbers[t] for t in pending)]

    async def do_asCompleted(self, frame, s):
        started = [started for started in map(self.start, s["defs"]) if started is not None]
        tasks = [self.register(number, self.loop.create_task(coro)) for number, coro in started]
        results = []
        for waiting in asyncio.as_completed(tasks, timeout=s["seconds"]):
            try:
                results.append(await waiting)
            except Exception as error:
                results.append(error)
        return results

    async def do_timeout(self, frame, s):
        async with asyncio.timeout(s["seconds"]) as timeout:
            self.timeouts[s["timeout"]] = timeout
            await self.run(frame, s["body"])
        return timeout.expired()

    async def do_group(self, frame, s):
        async with OrderedGroup() as group:
            self.groups[s["group"]] = group
            await self.run(frame, s["body"])

    async def do_with(self, frame, s):
        async with self.lockables[s["kind"]][s["index"]]:
            await self.run(frame, s["body"])

    async def do_acquire(self, frame, s):
        await self.lockables[s["kind"]][s["index"]].acquire()

    async def do_waitEvent(self, frame, s):
        await self.events[s["event"]].wait()

    async def do_waitCondition(self, frame, s):
        await self.conditions[s["condition"]].wait()

    async def do_waitBarrier(self, frame, s):
        return await self.barriers[s["barrier"]].wait()

    async def do_resetBarrier(self, frame, s):
        await self.barriers[s["barrier"]].reset()

    async def do_abortBarrier(self, frame, s):
        await self.barriers[s["barrier"]].abort()

    async def do_put(self, frame, s):
        await self.queues[s["queue"]].put(s["item"])

    async def do_get(self, frame, s):
        return await self.queues[s["queue"]].get()

    async def do_join(self, frame, s):
        await self.queues[s["queue"]].join()

    async def do_callback(self, frame, s):
        self.futures[s["future"]].add_done_callback(lambda future: self.run_callback(s["body"]))

    async def do_callLater(self, frame, s):
        if s["seconds"] is None:
            self.loop.call_soon(self.run_callback, s["body"])
        else:
            self.loop.call_later(s["seconds"], self.run_callback, s["body"])

    async def do_setVariable(self, frame, s):
        self.variable.set(frame.number)

    async def do_getVariable(self, frame, s):
        return self.variable.get()

    async def do_try(self, frame, s):
        catches = {"cancel": asyncio.CancelledError, "error": Exception}
        kinds = tuple(catches.values()) if s["catches"] == "any" else catches[s["catches"]]
        try:
            await self.run(frame, s["body"])
        except kinds:
            await self.run(frame, s["handler"])
            if s["rethrow"]:
                raise
        finally:
            await self.run(frame, s["after"])


def run_program(program):
    loop = ProgramLoop()
    asyncio.events._set_running_loop(None)
    asyncio.set_event_loop(loop)
    world = World(program, loop)
    loop.set_exception_handler(
        lambda _, context: world.trace("handler") if "shielded" in context["message"] else None
    )
    number, coro = world.start(0)
    world.register(number, loop.create_task(coro))
    try:
        loop.run_forever()
    except Idle:
        world.trace("idle", world.sync_states(None))
    world.over = True
    asyncio.set_event_loop(None)
    return "\n".join(world.lines)


def run_programs(programs):
    # CPython's loop does not hold its tasks: what only waits for itself could vanish in the middle of a program.
    gc.disable()
    traces = [run_program(program) for program in json.loads(programs)]
    gc.collect()
    return json.dumps(traces)


# What is left pending at the end of a program is dropped in the middle of its work.
sys.unraisablehook = lambda unraisable: None
warnings.simplefilter("ignore")
# Of what is left pending, and of what nobody asks for the error.
logging.disable()
webloop.WebLoop.call_exception_handler = lambda *_: None
