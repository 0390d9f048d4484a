"""An asyncio loop of Python whose queue, timers, clock and turns are those of a TypeScript EventLoop.

Everything above the loop stays CPython's own: futures, tasks, locks, queues, timeouts. Only who runs next, and when, is
decided on the other side.
"""
import asyncio
import weakref
from asyncio import base_events, events


class TestTookTooLong(BaseException):
    """A test made no progress within its time; not an Exception, so that no test can swallow it."""


class Deadline:
    """Until when the running test may turn its loop, on the clock of the process."""

    at = float("inf")


class BlockingSelector:
    """Waits as a selector without files does: until the time is over."""

    def __init__(self, host):
        self._host = host

    def select(self, timeout):
        self._host.sleep(0.05 if timeout is None else timeout)
        return ()

    def close(self):
        pass


class HostedLoop(base_events.BaseEventLoop):
    """BaseEventLoop, with its `_ready`, `_scheduled` and `_run_once` given away."""

    host = None
    # The loops that the one dispatcher has to find again.
    _loops = weakref.WeakValueDictionary()
    _next_id = 0

    def __init__(self):
        HostedLoop._next_id += 1
        self._id = HostedLoop._next_id
        HostedLoop._loops[self._id] = self
        self._handles = {}
        self._next_handle = 0
        self._interruption = None
        super().__init__()
        # A test that brings a clock of its own has our loop live by it.
        own_clock = type(self).time is not HostedLoop.time
        self._ts = self.host.newLoop(self._id, own_clock)
        self._clock_resolution = self.host.clockResolution
        self._selector = BlockingSelector(self.host)
        self._ready = Queued(self)

    def time(self):
        return self._ts.time()

    def _call_soon(self, callback, args, context):
        handle = events.Handle(callback, args, self, context)
        if handle._source_traceback:
            del handle._source_traceback[-1]
        self._add_callback(handle)
        return handle

    def _add_callback(self, handle):
        if not handle._cancelled:
            self.host.callSoon(self._ts, self._id, self._keep(handle))

    def call_at(self, when, callback, *args, context=None):
        if when is None:
            raise TypeError("when cannot be None")
        self._check_closed()
        if self._debug:
            self._check_thread()
            self._check_callback(callback, "call_at")
        timer = events.TimerHandle(when, callback, args, self, context)
        if timer._source_traceback:
            del timer._source_traceback[-1]
        # A number is as true as True, and says where to find the handle.
        timer._scheduled = number = self._keep(timer)
        self.host.callAt(self._ts, self._id, number, float(when))
        return timer

    def _timer_handle_cancelled(self, handle):
        if self._handles.pop(handle._scheduled, None) is not None:
            self.host.cancelTimer(self._ts, handle._scheduled)

    def _keep(self, handle):
        self._next_handle += 1
        self._handles[self._next_handle] = handle
        return self._next_handle

    @classmethod
    def dispatch(cls, loop_id, number):
        """Runs one handle. Called from the turn of the TypeScript loop."""
        self = cls._loops[loop_id]
        handle = self._handles.pop(number)
        if isinstance(handle, events.TimerHandle):
            handle._scheduled = False
        if handle._cancelled:
            return
        try:
            if self._debug:
                self._run_timed(handle)
            else:
                handle._run()
        except BaseException as error:
            self._interruption = error

    @classmethod
    def clock_of(cls, loop_id):
        """The time of a loop that a test drives by hand, as BaseEventLoop reads it when it looks for due timers."""
        self = cls._loops[loop_id]
        return float(self.time() + self._clock_resolution)

    def _run_timed(self, handle):
        start = self.time()
        self._current_handle = handle
        try:
            handle._run()
        finally:
            self._current_handle = None
        duration = self.time() - start
        if duration >= self.slow_callback_duration:
            asyncio.log.logger.warning(
                "Executing %s took %.3f seconds", base_events._format_handle(handle), duration
            )

    def _run_once(self):
        if self.host.now() > Deadline.at:
            raise TestTookTooLong()
        timeout = 0 if self._stopping else self._ts.nextTimeout()
        self._process_events(self._selector.select(timeout))
        self.host.turn(self._ts)
        interruption, self._interruption = self._interruption, None
        if interruption is not None:
            raise interruption

    def _process_events(self, event_list):
        pass

    def _write_to_self(self):
        pass

    def close(self):
        if self.is_closed():
            return
        super().close()
        self._handles.clear()
        self.host.close(self._ts)


class Queued:
    """What CPython's tests ask of `loop._ready`: how much is queued."""

    def __init__(self, loop):
        self._loop = weakref.ref(loop)

    def __len__(self):
        loop = self._loop()
        return 0 if loop._ts.isClosed() else loop.host.readyCount(loop._ts)

    def clear(self):
        pass


class ReferenceLoop(base_events.BaseEventLoop):
    """CPython's own loop, on the same blocking wait: what the tests are expected to do here."""

    host = None

    def __init__(self):
        super().__init__()
        self._selector = BlockingSelector(self.host)

    def _run_once(self):
        if self.host.now() > Deadline.at:
            raise TestTookTooLong()
        super()._run_once()

    def _process_events(self, event_list):
        pass

    def _write_to_self(self):
        pass
