"""Measures one workload of one Python peer, as child.ts does for JavaScript: measure.py SPEC."""
import asyncio
import gc
import importlib.util
import json
import os
import statistics
import sys
import time


def load(path):
    module_spec = importlib.util.spec_from_file_location("peer", path)
    module = importlib.util.module_from_spec(module_spec)
    module_spec.loader.exec_module(module)
    return module.workload


def entrance(library):
    """A function that runs a workload to its end on the peer's loop."""
    if library == "trio":
        import trio

        return lambda workload, *args: trio.run(workload, *args)
    if library == "uvloop":
        import uvloop

        runner = asyncio.Runner(loop_factory=uvloop.new_event_loop)
    else:
        runner = asyncio.Runner()
    return lambda workload, *args: runner.run(workload(*args))


def measure_round(enter, workload, spec):
    n = spec["n"]
    start, start_cpu = time.perf_counter(), time.process_time()
    operations = 0
    while True:
        counted = enter(workload, n, spec["width"])
        if counted != n:
            raise RuntimeError(f"the workload counted {counted} operations where {n} were asked for")
        operations += n
        seconds = time.perf_counter() - start
        if seconds >= spec["roundSeconds"]:
            break
    if spec["measure"] == "cpu-rate":
        seconds = time.process_time() - start_cpu
    return operations / seconds


def measure_rate(enter, workload, spec):
    start = time.perf_counter()
    measure_round(enter, workload, spec)
    rates = []
    while len(rates) < spec["rounds"] and (len(rates) < 1 or time.perf_counter() - start < spec["budgetSeconds"]):
        rates.append(measure_round(enter, workload, spec))
    return {"value": statistics.median(rates)}


def resident_bytes():
    gc.collect()
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def measure_memory(enter, workload, spec):
    n = spec["n"]
    before = resident_bytes()

    def when_asleep():
        emit({"value": (resident_bytes() - before) / n})
        os._exit(0)

    enter(workload, n, when_asleep)


def serve_echo(enter, workload, spec):
    start = time.perf_counter()
    turns = enter(workload, spec["width"], lambda port: print(port, flush=True))
    return {"value": turns / (time.perf_counter() - start)}


def emit(sample):
    print(json.dumps(sample), flush=True)


def main():
    spec = json.loads(sys.argv[1])
    measures = {"memory": measure_memory, "latency": serve_echo}
    measure = measures.get(spec["measure"], measure_rate)
    emit(measure(entrance(spec["library"]), load(spec["file"]), spec))


main()
