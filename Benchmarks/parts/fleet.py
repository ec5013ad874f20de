"""What a fleet costs that does nothing, and how soon it is there."""
import contextlib
import pathlib
import shutil
import tempfile
import time

from harness import TTRPC, children, coordinator, memory, now, server

PLUGINS = pathlib.Path(__file__).resolve().parent.parent.parent / "Plugins"


def idle(sitting, ids):
    """The sum of the proportional shares of memory, over as many processes on both sides."""
    for _ in range(sitting.runs):
        with tempfile.TemporaryDirectory(prefix="caodiem-idle-") as folder:
            with coordinator(sitting.binaries, f"{folder}/data", PLUGINS) as (process, _):
                time.sleep(1.5)
                processes = children(process.pid)
                ours = sum(memory(pid, "Pss") for pid in processes)
            sitting.figures("fleet.idle_rss ours", {"mib": ours, "processes": len(processes)})
            with go_fleet(folder, len(processes) - 1) as pids:
                time.sleep(1.5)
                sitting.figures("fleet.idle_rss ttrpc",
                                {"mib": sum(memory(pid, "Pss") for pid in pids),
                                 "processes": len(pids)})
    sitting.result("fleet.idle_rss", sitting.median("fleet.idle_rss ours", "mib"),
                   sitting.median("fleet.idle_rss ttrpc", "mib"), "ttrpc servers and a client",
                   "MiB PSS in all", "lower",
                   processes=sitting.median("fleet.idle_rss ours", "processes"))


@contextlib.contextmanager
def go_fleet(folder, servers):
    """So many servers and a client that holds a connection to each; gives their process ids."""
    sockets = [f"{folder}/{number}.sock" for number in range(servers)]
    with contextlib.ExitStack() as stack:
        pids = [stack.enter_context(server([TTRPC, "serve", socket])).pid for socket in sockets]
        pids.append(stack.enter_context(server([TTRPC, "idle", *sockets])).pid)
        yield pids


def start(sitting, ids):
    """From the start of the coordinator on an empty folder until every plugin serves."""
    for _ in range(sitting.runs):
        with tempfile.TemporaryDirectory(prefix="caodiem-start-") as folder:
            begin = now()
            with coordinator(sitting.binaries, f"{folder}/data", PLUGINS) as (process, _):
                sitting.figures("fleet.start ours", {"seconds": now() - begin})
                servers = len(children(process.pid)) - 1
            shutil.rmtree(f"{folder}/data")
            begin = now()
            with go_fleet(folder, servers):
                sitting.figures("fleet.start ttrpc", {"seconds": now() - begin})
    sitting.result("fleet.start", sitting.median("fleet.start ours", "seconds"),
                   sitting.median("fleet.start ttrpc", "seconds"), "ttrpc servers and a client",
                   "s until all serve", "lower")
