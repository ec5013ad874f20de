"""Calls over a unix socket, the relay, and the codec."""
import os
import pathlib
import shutil
import subprocess
import tempfile

from harness import (
    CALLS, CODEC, GRPC, SWIFT_PROTOBUF, TTRPC, answer, coordinator, server)

# How ours may be used: the client calls from tasks or on the loop, the handler runs in a task or on the loop.
OURS = {"ours": ("loop", "loop"), "ours.task-handler": ("loop", "task"),
        "ours.tasks": ("task", "task")}


def place(id):
    return int(id.rsplit(".", 1)[1])


def unary(sitting, ids):
    with tempfile.TemporaryDirectory(prefix="caodiem-rpc-") as folder:
        for _ in range(sitting.runs):
            for id in ids:
                for pin in (True, False):
                    unary_round(sitting, id, pin, folder)
    for id in ids:
        report(sitting, id, "ttrpc")


def unary_round(sitting, id, pin, folder):
    many, seconds = place(id), sitting.seconds
    kind = f"{id}{'.pinned' if pin else ''}"
    peers = {name: ([CALLS, "serve", "SOCKET", handler],
                    [CALLS, "client", "SOCKET", many, seconds, client])
             for name, (client, handler) in OURS.items()}
    peers["ttrpc"] = ([TTRPC, "serve", "SOCKET"], [TTRPC, "client", "SOCKET", many, seconds])
    if GRPC.exists():
        peers["grpc-swift-2"] = (
            [GRPC, "serve", "SOCKET"], [GRPC, "client", "SOCKET", many, seconds])
    for name, (serve, client) in peers.items():
        socket = f"{folder}/{name}.sock"
        with server([socket if word == "SOCKET" else word for word in serve], pin):
            found = answer([socket if word == "SOCKET" else word for word in client], pin)
        os.unlink(socket)
        sitting.figures(f"{kind} {name}", found)
    sitting.figures(f"{kind} socketpair", answer([CALLS, "pair", many, seconds], pin))


def relay(sitting, ids):
    with tempfile.TemporaryDirectory(prefix="caodiem-rpc-") as folder:
        plugins = pathlib.Path(folder) / "plugins"
        plugin_folder(plugins)
        for _ in range(sitting.runs):
            for pin in (True, False):
                relay_round(sitting, ids, pin, folder, plugins)
    for id in ids:
        report(sitting, id, "ttrpc relay")
        against_one_hop(sitting, id)


def plugin_folder(plugins):
    echo = plugins / "echo"
    echo.mkdir(parents=True)
    shutil.copy(CALLS, echo / "calls")
    (echo / "plugin.yaml").write_text(
        "schema_version: 1\nexecutable: calls\narguments: [worker, loop]\n")


def relay_round(sitting, ids, pin, folder, plugins):
    suffix = ".pinned" if pin else ""
    with coordinator(sitting.binaries, f"{folder}/data", plugins, pin):
        for id in ids:
            found = answer([CALLS, "client", f"{folder}/data/run/caodiem.sock", place(id),
                            sitting.seconds, "loop"], pin)
            sitting.figures(f"{id}{suffix} ours", found)
    shutil.rmtree(f"{folder}/data")
    one_hop, two_hops = f"{folder}/one.sock", f"{folder}/two.sock"
    with server([TTRPC, "serve", one_hop], pin), server([TTRPC, "relay", two_hops, one_hop], pin):
        for id in ids:
            for name, socket in (("ttrpc relay", two_hops), ("ttrpc one hop", one_hop)):
                found = answer([TTRPC, "client", socket, place(id), sitting.seconds], pin)
                sitting.figures(f"{id}{suffix} {name}", found)
    os.unlink(one_hop)
    os.unlink(two_hops)
    with server([CALLS, "serve", one_hop, "loop"], pin):
        for id in ids:
            found = answer([CALLS, "client", one_hop, place(id), sitting.seconds, "loop"], pin)
            sitting.figures(f"{id}{suffix} ours one hop", found)
    os.unlink(one_hop)


def report(sitting, id, peer):
    """One in flight: the median time, pinned. Many: calls a second, not pinned."""
    if place(id) == 1:
        kind, key, unit, better = f"{id}.pinned", "p50", "us p50, pinned to one CPU", "lower"
    else:
        kind, key, unit, better = id, "rate", "calls/s", "higher"
    ours, other = (sitting.median(f"{kind} {name}", key) for name in ("ours", peer))
    sitting.result(id, ours, other, peer, unit, better,
                   ours_p99=round(sitting.median(f"{kind} ours", "p99"), 1),
                   peer_p99=round(sitting.median(f"{kind} {peer}", "p99"), 1))
    for name in sorted(sitting.details):
        if name.startswith((id + " ", id + ".pinned ")):
            figures = [sitting.median(name, key) for key in ("rate", "p50", "p99")]
            print(f"  {name:40} {figures[0]:>10,.0f}/s  p50 {figures[1]:>9,.1f} us  "
                  f"p99 {figures[2]:>9,.1f} us")


def against_one_hop(sitting, id):
    """What the goals of the relay speak of: one hop of ttrpc, and one of ours."""
    key = "p50" if place(id) == 1 else "rate"
    kind = f"{id}.pinned" if place(id) == 1 else id
    ours = sitting.median(f"{kind} ours", key)
    for name in ("ttrpc one hop", "ours one hop"):
        share = ours / sitting.median(f"{kind} {name}", key)
        sitting.results[id][f"{key}_against_{name.replace(' ', '_')}"] = round(share, 2)


def codec(sitting, ids):
    with tempfile.TemporaryDirectory(prefix="caodiem-codec-") as folder:
        sample = pathlib.Path(folder) / "case"
        with open(sample, "wb") as file:
            subprocess.run([str(CODEC), "sample"], stdout=file, check=True)
        programs = {"ours": [CODEC, "ours"], "protobuf-c": [CODEC, "c"],
                    "swift-protobuf": [SWIFT_PROTOBUF]}
        for _ in range(sitting.runs):
            for name, program in programs.items():
                found = answer([*program, sample, 9], True)
                sitting.figures(f"codec.case {name}", found)
    both = {name: sitting.median(f"codec.case {name}", "decode")
            + sitting.median(f"codec.case {name}", "encode")
            for name in ("ours", "swift-protobuf", "protobuf-c")}
    for name in both:
        print(f"  codec.case {name:16} decode {sitting.median(f'codec.case {name}', 'decode'):8,.0f} ns"
              f"  encode {sitting.median(f'codec.case {name}', 'encode'):8,.0f} ns")
    sitting.result("codec.case", both["ours"], both["swift-protobuf"], "swift-protobuf",
                   "ns, decoding and encoding one Case", "lower",
                   **{f"ratio_{way}": round(
                       sitting.median("codec.case swift-protobuf", way)
                       / sitting.median("codec.case ours", way), 2)
                      for way in ("decode", "encode")})
