"""Puts the figures of Benchmarks/out into docs/performance.md, between its two marks."""
import json
import statistics

from harness import BENCHMARKS, OUT

PAGE = BENCHMARKS.parent / "docs/performance.md"
BEGIN, END = "<!-- measured: Benchmarks/run --document -->", "<!-- end of measured -->"


def write():
    results = json.loads((OUT / "results.json").read_text())
    details = json.loads((OUT / "details.json").read_text())
    text = PAGE.read_text()
    head, rest = text.split(BEGIN)
    _, tail = rest.split(END)
    PAGE.write_text(head + BEGIN + "\n" + "\n".join(lines(results, details)) + "\n" + END + tail)


def lines(results, details):
    machine = details["machine"]
    yield (f"\n{machine['cpu']}, {machine['cpus']} CPUs, Linux {machine['kernel']}; load of the machine when the sitting "
           f"ended: {machine['load']:.1f}.\n")
    yield "| id | ours | peer | | ours is better by | runs |"
    yield "|---|---:|---:|---|---:|---:|"
    for one in results:
        yield (f"| {one['id']} | {number(one['ours'])} | {number(one['peer'])} | {one['unit']}; "
               f"{one['peer_name']} | {one['ratio'] or 0:.2f}× | {one['n']} |")
    yield "\nEvery side of the calls (`.pinned`: all processes on one CPU):\n"
    yield "| calls | calls/s | p50 µs | p99 µs |"
    yield "|---|---:|---:|---:|"
    for name in sorted(details):
        runs = details[name]
        if isinstance(runs, list) and "p50" in runs[0]:
            median = {key: statistics.median(run[key] for run in runs)
                      for key in ("rate", "p50", "p99")}
            yield (f"| {name} | {median['rate']:,.0f} | {median['p50']:,.1f} | "
                   f"{median['p99']:,.1f} |")
    codec = {name: runs for name, runs in details.items() if name.startswith("codec.case ")}
    if codec:
        yield "\n| codec.case | decode ns | encode ns |"
        yield "|---|---:|---:|"
        for name, runs in codec.items():
            figures = [statistics.median(run[way] for run in runs) for way in ("decode", "encode")]
            yield f"| {name.split(' ', 1)[1]} | {figures[0]:,.0f} | {figures[1]:,.0f} |"


def number(value):
    return f"{value:,.0f}" if value >= 1000 else f"{value:,.3g}"
