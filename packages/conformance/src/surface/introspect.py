"""Lists what CPython's asyncio offers: the names of `__all__`, and the public members of its classes."""
import asyncio
import asyncio.subprocess
import inspect
import json


def members(cls):
    """Public names that the class or its bases in asyncio define, in alphabetical order."""
    bases = [base for base in cls.__mro__ if base.__module__.startswith(("asyncio", "_asyncio"))]
    found = {}
    for base in reversed(bases):
        for name, value in vars(base).items():
            if not name.startswith("_") and name != "format_helpers":
                found[name] = "method" if callable(getattr(value, "__func__", value)) else "property"
    return dict(sorted(found.items()))


def kind(value):
    if isinstance(value, type):
        return "exception" if issubclass(value, BaseException) else "class"
    return "function" if callable(value) else "constant"


def entry(module, name, value):
    public = members(value) if isinstance(value, type) else {}
    return {"module": module, "name": name, "kind": kind(value), "members": public}


def modules():
    for module in (
        *("runners", "coroutines", "tasks", "taskgroups", "timeouts", "futures", "locks", "queues", "streams"),
        *("subprocess", "threads", "exceptions", "graph", "events", "base_events", "protocols", "transports"),
        "unix_events",
    ):
        yield module, getattr(asyncio, module)


def surface():
    entries = []
    seen = set()
    for name, module in modules():
        for exported in module.__all__:
            if exported in asyncio.__all__ and exported not in seen:
                seen.add(exported)
                entries.append(entry(name, exported, getattr(asyncio, exported)))
        if name == "subprocess":
            entries += [entry(name, extra, getattr(module, extra)) for extra in ("Process", "PIPE", "STDOUT", "DEVNULL")]
    missed = set(asyncio.__all__) - seen
    assert not missed, missed
    return json.dumps(entries, indent=1)
