#!/usr/bin/python3
"""A client of CaoDiem in Python: calls any method of the fleet, JSON in and out.

usage: client.py SOCKET /package.Service/Method [JSON] [--timeout SECONDS]

Prints one JSON document a reply and exits 0; a failed call prints its status and exits 1.
Needs Debian's python3-protobuf.
"""
from __future__ import annotations

import argparse
import asyncio
import json
import sys

sys.dont_write_bytecode = True

from google.protobuf import json_format  # noqa: E402

from cdp import Connection  # noqa: E402
from messages import Failure, Protos  # noqa: E402
from worker import DESCRIPTORS  # noqa: E402


async def call(arguments) -> None:
    protos = Protos.load(DESCRIPTORS)
    method = protos.method(arguments.method)
    requests = []
    rest = arguments.json.strip()
    while rest:  # several documents after each other are several requests
        document, end = json.JSONDecoder().raw_decode(rest)
        requests.append(json_format.ParseDict(document, protos.message(method.request)()))
        rest = rest[end:].lstrip()
    connection = await Connection.dial(arguments.socket, protos)
    async for reply in connection.stream(method.path, requests, arguments.timeout):
        print(json_format.MessageToJson(reply, indent=None, ensure_ascii=False), flush=True)
    await connection.leave()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("socket", help="DATA/run/caodiem.sock")
    parser.add_argument("method", help="/package.Service/Method")
    parser.add_argument("json", nargs="?", default="{}")
    parser.add_argument("--timeout", type=float, default=30.0, help="seconds")
    try:
        asyncio.run(call(parser.parse_args()))
        return 0
    except (Failure, OSError, ValueError, json_format.ParseError) as failure:
        print(f"client.py: {failure}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
