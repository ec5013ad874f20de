"""Reads the protos, says what the wire does not carry, and makes the copy for protoc-gen-c."""

from __future__ import annotations

import pathlib
import subprocess
import tempfile

from google.protobuf import descriptor_pb2

import naming

Field = descriptor_pb2.FieldDescriptorProto

PACKABLE = frozenset(
    range(Field.TYPE_DOUBLE, Field.TYPE_SINT64 + 1)
) - {Field.TYPE_STRING, Field.TYPE_BYTES, Field.TYPE_MESSAGE, Field.TYPE_GROUP}

# FileOptions.pb_c_file.gen_pack_helpers = true, as bytes: extension 1019, length 2, field 2, 1.
# Unset, protoc-gen-c leaves nested messages without helpers.
GEN_PACK_HELPERS = bytes([0xDA, 0x3F, 0x02, 0x10, 0x01])


# Definitions that are not ours, kept as their authors have them; only there may a map<> stand.
VENDORED = ("grpc.",)


class Refused(Exception):
    """The protos hold something that the wire does not carry."""


def load(protos: pathlib.Path) -> descriptor_pb2.FileDescriptorSet:
    """The unfiltered descriptor set of all protos below a folder, with comments."""
    names = sorted(str(path.relative_to(protos)) for path in protos.rglob("*.proto"))
    if not names:
        raise Refused(f"{protos} holds no .proto file")
    with tempfile.TemporaryDirectory() as folder:
        output = pathlib.Path(folder) / "set"
        command = ["protoc", f"--proto_path={protos}", f"--descriptor_set_out={output}"]
        command += ["--include_imports", "--include_source_info", *names]
        run = subprocess.run(command, capture_output=True, text=True)
        if run.returncode != 0:
            raise Refused(f"protoc refuses the protos:\n{run.stderr.strip()}")
        return descriptor_pb2.FileDescriptorSet.FromString(output.read_bytes())


def messages_of(file):
    """Yields (full name, message), nested ones after the one that holds them."""
    def walk(prefix, message):
        name = f"{prefix}.{message.name}"
        yield name, message
        for nested in message.nested_type:
            yield from walk(name, nested)

    for message in file.message_type:
        yield from walk(file.package, message)


def check(descriptors: descriptor_pb2.FileDescriptorSet) -> None:
    """Refuses, by name, what would be unsafe or wrong on the wire."""
    problems: list[str] = []
    spaces: dict[str, dict[str, str]] = {}
    for file in descriptors.file:
        problems += _file_problems(file)
        types = spaces.setdefault(naming.namespace(file.package), {})
        for item in (*file.message_type, *file.enum_type, *file.service):
            full = f"{file.package}.{item.name}"
            _claim(types, [naming.swift_type(item.name)], full, file.name, problems)
        for name, message in messages_of(file):
            problems += _message_problems(name, message)
    problems += _recursions(descriptors)
    if problems:
        raise Refused("\n".join(problems))


def _file_problems(file) -> list[str]:
    problems = []
    if file.syntax != "proto3":
        problems.append(f"{file.name}: write syntax = \"proto3\"; other syntaxes are not carried")
    if "." not in file.package:
        problems.append(f"{file.name}: needs a package such as caodiem.subject.v1")
    return problems


def _message_problems(name: str, message) -> list[str]:
    problems = []
    if message.options.map_entry and not name.startswith(VENDORED):
        problems.append(f"{name}: map<> is not carried; use a repeated entry message")
    if message.extension:
        problems.append(f"{name}: extensions are not carried")
    members: dict[str, str] = {}
    properties: dict[str, str] = {}
    for field in message.field:
        c_names = [naming.c_field(field.name)]
        if field.label == Field.LABEL_REPEATED:
            c_names.append("n_" + naming.c_field(field.name))
        _claim(members, c_names, field.name, name, problems)
        _claim(properties, [naming.swift_property(field.name)], field.name, name, problems)
    types: dict[str, str] = {}
    for item in (*message.nested_type, *message.enum_type):
        _claim(types, [naming.swift_type(item.name)], item.name, name, problems)
    for oneof in message.oneof_decl:
        _claim(members, [oneof.name.lower() + "_case"], oneof.name, name, problems)
    return problems


def _claim(taken, names, owner, message_name, problems) -> None:
    for name in names:
        if name in taken:
            problems.append(
                f"{message_name}: {owner} and {taken[name]} would both be called {name}")
        taken[name] = owner


def _recursions(descriptors) -> list[str]:
    """libprotobuf-c unpacks by recursion without a limit: a type that reaches itself is a crash."""
    reaches: dict[str, list[tuple[str, str]]] = {}
    for file in descriptors.file:
        for name, message in messages_of(file):
            reaches[name] = [
                (field.name, field.type_name.lstrip("."))
                for field in message.field
                if field.type == Field.TYPE_MESSAGE
            ]
    problems, done = [], set()

    def visit(name: str, path: list[str]) -> None:
        if name in path:
            cycle = " -> ".join(path[path.index(name):] + [name])
            problems.append(f"recursive message type: {cycle}; carry the inner one as bytes")
            return
        if name in done:
            return
        for _, target in reaches.get(name, []):
            visit(target, path + [name])
        done.add(name)

    for name in sorted(reaches):
        visit(name, [])
    return problems


def without_comments(descriptors) -> descriptor_pb2.FileDescriptorSet:
    """The copy that is served and diffed: what the wire means, not how it is explained."""
    copy = descriptor_pb2.FileDescriptorSet()
    copy.CopyFrom(descriptors)
    for file in copy.file:
        file.ClearField("source_code_info")
    return copy


def without_maps(descriptors) -> descriptor_pb2.FileDescriptorSet:
    """The copy with every map<> as what it is on the wire: a repeated message of key and value.

    Our types keep all entries as they came; who reads them lets the last of a key count.
    """
    copy = descriptor_pb2.FileDescriptorSet()
    copy.CopyFrom(descriptors)
    for file in copy.file:
        for _, message in messages_of(file):
            message.options.ClearField("map_entry")
    return copy


def filtered(descriptors) -> descriptor_pb2.FileDescriptorSet:
    """The copy that protoc-gen-c 1.4.1 accepts and that makes safe structs.

    No services (their stubs can fail to compile), proto3 `optional` as its synthetic oneof alone,
    strings as bytes (a `char *` ends at the first NUL), members with names that C can bear.
    """
    copy = descriptor_pb2.FileDescriptorSet()
    copy.CopyFrom(descriptors)
    for file in copy.file:
        file.ClearField("service")
        file.options.MergeFromString(GEN_PACK_HELPERS)
        for _, message in messages_of(file):
            for oneof in message.oneof_decl:
                oneof.name = oneof.name.lower()
            for field in message.field:
                _filter_field(field)
    return copy


def _filter_field(field) -> None:
    field.ClearField("proto3_optional")
    field.ClearField("json_name")
    field.name = naming.c_field(field.name)
    if field.type == Field.TYPE_STRING:
        field.type = Field.TYPE_BYTES
    repeated = field.label == Field.LABEL_REPEATED
    if repeated and field.type in PACKABLE and not field.options.HasField("packed"):
        field.options.packed = True
