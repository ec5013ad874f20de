"""Generates Sources/CMessages, Sources/Wire/Messages/<Subject>, the codec's samples and the
descriptor set from Protos.

usage: generate.py [--check | --release] ROOT
"""

from __future__ import annotations

import argparse
import pathlib
import sys

from google.protobuf import descriptor_pb2

import c_structs
import compatibility
import descriptor_set
import naming
import samples
import schema
import swift_coding
from swift_types import HEADING, Names, PackageWriter


def outputs(root: pathlib.Path) -> dict[str, bytes]:
    """Every generated file: path below the package's root -> content."""
    loaded = schema.load(root / "Protos")
    schema.check(loaded)
    encoded = descriptor_set.encode(loaded)
    descriptors = schema.without_maps(loaded)
    structs = c_structs.generate(descriptors, descriptor_set.c_files(encoded))
    files = {f"Sources/CMessages/{path}": text for path, text in structs.items()}
    names = Names.of(descriptors)
    for package in sorted({file.package for file in descriptors.file}):
        members = [file for file in descriptors.file if file.package == package]
        stem = f"Sources/Wire/Messages/{naming.subject(package)}/{naming.namespace(package)}"
        files[f"{stem}.swift"] = PackageWriter(package, members, names).write()
        for ending, text in swift_coding.write(members, names).items():
            files[f"{stem}{ending}.swift"] = text
    files["Tests/WireTests/CodecSamples.swift"] = samples.write(descriptors, names)
    contents = {path: text.encode() for path, text in files.items()}
    contents["Protos/descriptors.binpb"] = encoded
    return contents


RELEASED = "Protos/released.binpb"


def breaks(root: pathlib.Path, files: dict[str, bytes]) -> list[str]:
    """Where the protos break peers of the last release."""
    released = root / RELEASED
    if not released.is_file():
        return []
    read = descriptor_pb2.FileDescriptorSet.FromString
    return compatibility.broken(
        read(released.read_bytes()), read(files["Protos/descriptors.binpb"]))


def present(root: pathlib.Path) -> set[str]:
    """Generated files that lie there now, so that one without a proto is noticed."""
    found = {path for path in (root / "Sources/CMessages").rglob("*") if path.is_file()}
    for path in (root / "Sources/Wire/Messages").glob("*/*.swift"):
        if path.read_text(encoding="utf-8").startswith(HEADING):
            found.add(path)
    return {str(path.relative_to(root)) for path in found}


def stale(root: pathlib.Path, files: dict[str, bytes]) -> list[str]:
    """Paths of files that differ, are missing or have no proto any more."""
    paths = present(root) - set(files)
    for path, content in files.items():
        file = root / path
        if not file.is_file() or file.read_bytes() != content:
            paths.add(path)
    return sorted(paths)


def write(root: pathlib.Path, files: dict[str, bytes]) -> None:
    for path in sorted(present(root) - set(files)):
        (root / path).unlink()
        print(f"removed {path}")
    for path, content in sorted(files.items()):
        file = root / path
        if file.is_file() and file.read_bytes() == content:
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        print(f"wrote {path}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when stale")
    parser.add_argument("--release", action="store_true",
                        help="take today's definitions as those that must stay")
    parser.add_argument("root", type=pathlib.Path)
    arguments = parser.parse_args()
    try:
        files = outputs(arguments.root)
    except schema.Refused as refusal:
        print(refusal, file=sys.stderr)
        return 2
    problems = breaks(arguments.root, files)
    for problem in problems:
        print(f"Protos break the last release: {problem}", file=sys.stderr)
    if problems:
        return 1
    if arguments.check:
        paths = stale(arguments.root, files)
        for path in paths:
            print(f"stale: {path}; run scripts/generate and commit its output", file=sys.stderr)
        return 1 if paths else 0
    write(arguments.root, files)
    if arguments.release:
        (arguments.root / RELEASED).write_bytes(files["Protos/descriptors.binpb"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
