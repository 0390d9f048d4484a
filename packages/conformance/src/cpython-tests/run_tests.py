"""Runs CPython's asyncio tests on a given loop class, and reports each as it ends."""
import asyncio
import gc
import io
import logging
import sys
import unittest
import warnings
from asyncio import base_events, events, unix_events

from test import support


def install(loop_class):
    """Makes every loop that the tests make one of `loop_class`; before the tests are imported."""
    base_events.BaseEventLoop = asyncio.BaseEventLoop = loop_class
    unix_events.SelectorEventLoop = asyncio.SelectorEventLoop = loop_class
    unix_events._UnixDefaultEventLoopPolicy._loop_factory = loop_class
    asyncio.set_event_loop_policy(None)
    # Pyodide's own loop says that it is always running.
    events._set_running_loop(None)
    # The package of the tests skips itself where there are no sockets, which few of its tests need.
    support.requires_working_socket = lambda *, module=False: None


class Reporter(unittest.TestResult):
    """Tells what became of each test, and lets none run longer than its time."""

    def __init__(self, host, deadline, seconds):
        super().__init__()
        self._host = host
        self._deadline = deadline
        self._seconds = seconds
        self._outcome = None
        self._detail = ""

    def startTest(self, test):
        super().startTest(test)
        self._outcome = "passed"
        self._detail = ""
        self._deadline.at = self._host.now() + self._seconds
        self._host.started(test.id())

    def stopTest(self, test):
        super().stopTest(test)
        self._deadline.at = float("inf")
        self._host.ended(test.id(), self._outcome, self._detail)

    def _fail(self, outcome, error):
        self._outcome = outcome
        self._detail = self._exc_info_to_string(error, None) if error else ""

    def addError(self, test, error):
        if isinstance(test, unittest.TestCase):
            self._fail("failed", error)
        else:
            # A fixture of a class or a module: none of its tests runs.
            self._host.fixture_failed(str(test), "".join(map(str, error[1:2])))

    def addFailure(self, test, error):
        self._fail("failed", error)

    def addSubTest(self, test, subtest, error):
        if error is not None:
            self._fail("failed", error)

    def addSkip(self, test, reason):
        if isinstance(test, unittest.TestCase):
            self._outcome, self._detail = "skipped", reason

    def addUnexpectedSuccess(self, test):
        self._fail("failed", None)

    def _exc_info_to_string(self, error, test):
        return f"{error[0].__name__}: {error[1]}"


def without(suite, finished):
    """The tests of a suite but those that have run."""
    kept = unittest.TestSuite()
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            kept.addTest(without(test, finished))
        elif test.id() not in finished:
            kept.addTest(test)
    return kept


def run(host, loop_class, deadline, modules, finished, seconds):
    install(loop_class)
    logging.getLogger().addHandler(logging.NullHandler())
    warnings.simplefilter("ignore")
    sys.stderr = io.StringIO()
    finished = set(finished)
    names = [f"test.test_asyncio.{name}" for name in modules]
    suite = unittest.defaultTestLoader.loadTestsFromNames(names)
    # Many tests collect garbage, some a hundred times: what is there to stay need not be looked at each time.
    gc.collect()
    gc.freeze()
    without(suite, finished).run(Reporter(host, deadline, seconds))
