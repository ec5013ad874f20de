"""One sitting: runs things in turn, keeps every figure, writes medians."""
import contextlib
import json
import os
import pathlib
import platform
import signal
import statistics
import subprocess
import time

BENCHMARKS = pathlib.Path(__file__).resolve().parent.parent
OUT = BENCHMARKS / "out"
CALLS = BENCHMARKS / "calls/.build/release/calls"
CODEC = BENCHMARKS / "wire/.build/release/codec"
GRPC = BENCHMARKS / "swift-peers/.build/release/grpc-echo"
SWIFT_PROTOBUF = BENCHMARKS / "swift-peers/.build/release/swift-protobuf-codec"
TTRPC = BENCHMARKS / ".build/ttrpc"


class Sitting:
    def __init__(self, binaries, runs, seconds):
        self.binaries, self.runs, self.seconds = binaries, runs, seconds
        self.results = {}
        self.details = {}

    def figures(self, name, run):
        """Keeps what one run gave under a name, and gives all of that name."""
        kept = self.details.setdefault(name, [])
        kept.append(run)
        return kept

    def median(self, name, key):
        return statistics.median(run[key] for run in self.details[name])

    def result(self, id, ours, peer, peer_name, unit, better, **more):
        """`ratio` is how many times better ours is: above 1 ours is ahead."""
        ratio = ours / peer if better == "higher" else peer / ours
        self.results[id] = {
            "id": id, "ours": round(ours, 3), "peer": round(peer, 3), "peer_name": peer_name,
            "unit": unit, "ratio": round(ratio, 3), "better": better, "n": self.runs, **more}

    def save(self):
        OUT.mkdir(exist_ok=True)
        path = OUT / "results.json"
        kept = {}
        with contextlib.suppress(OSError, ValueError):
            kept = {one["id"]: one for one in json.loads(path.read_text()) if "peer" in one}
        kept.update(self.results)
        path.write_text(json.dumps(list(kept.values()), indent=1) + "\n")
        path = OUT / "details.json"
        kept = {}
        with contextlib.suppress(OSError, ValueError):
            kept = json.loads(path.read_text())
        kept.update(self.details)
        kept["machine"] = machine()
        path.write_text(json.dumps(kept, indent=1) + "\n")

    def show(self, ids):
        for id in ids:
            one = self.results.get(id)
            if one:
                print(f"{id:18} ours {one['ours']:>12,.1f}  {one['peer_name']} {one['peer']:>12,.1f} "
                      f"{one['unit']}, {one['ratio']:.2f}x")


def machine():
    model = "?"
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.split(":", 1)[1].strip()
            break
    load = os.getloadavg()[0]
    return {"cpu": model, "cpus": os.cpu_count(), "kernel": platform.release(), "load": load}


def pinned(command, pin):
    """The command, on one CPU when `pin` says so."""
    return (["taskset", "-c", "0"] if pin else []) + [str(word) for word in command]


@contextlib.contextmanager
def server(command, pin=False):
    """A process that prints `ready` when it serves; ended afterwards."""
    process = subprocess.Popen(pinned(command, pin), stdout=subprocess.PIPE, text=True)
    try:
        line = process.stdout.readline()
        if line.strip() != "ready":
            raise RuntimeError(f"{command[0]} does not serve: {line!r}")
        yield process
    finally:
        process.kill()
        process.wait()


def answer(command, pin=False):
    """What a program prints, as JSON."""
    done = subprocess.run(pinned(command, pin), stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)


@contextlib.contextmanager
def coordinator(binaries, data, plugins, pin=False, wait=True):
    """A running fleet; gives the process and its client's command."""
    process = subprocess.Popen(
        pinned([binaries / "caodiem-coordinator", "--data", data, "--plugins", plugins,
                "--law", BENCHMARKS.parent / "Sources/LawBook/Law"], pin),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    caodiem = [str(binaries / "caodiem"), "--data", str(data)]
    try:
        if wait:
            subprocess.run([*caodiem, "status", "--wait", "--timeout", "30"], check=True,
                           stdout=subprocess.DEVNULL)
        yield process, caodiem
    finally:
        process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(20)
        process.kill()
        process.wait()


def children(pid):
    """A process with all its descendants."""
    found, rest = [], [pid]
    while rest:
        one = rest.pop()
        found.append(one)
        for task in pathlib.Path(f"/proc/{one}/task").iterdir():
            rest += [int(child) for child in (task / "children").read_text().split()]
    return found


def memory(pid, key):
    """`Pss` of smaps_rollup or `VmHWM` of status, MiB."""
    name = "smaps_rollup" if key == "Pss" else "status"
    for line in pathlib.Path(f"/proc/{pid}/{name}").read_text().splitlines():
        if line.startswith(key + ":"):
            return int(line.split()[1]) / 1024
    raise KeyError(key)


def now():
    return time.monotonic()
