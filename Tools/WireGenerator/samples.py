"""Writes Tests/WireTests/CodecSamples.swift: values with the bytes that Python's protobuf makes.

Every message comes with all fields set, with every optional at zero, and once for each member of a
oneof, so that the tests hold our coding against another implementation's.
"""

from __future__ import annotations

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

import naming
import schema
from swift_types import HEADING, Lines, Names, is_repeated, real_oneof

Field = descriptor_pb2.FieldDescriptorProto

TEXTS = [
    "Cục Thi hành án dân sự tỉnh Sóc Trăng",
    "ascii only",
    "a",
    "Phó Chủ tịch Ủy ban nhân dân — 𝄞 — " + "điều 45 " * 10,
    "15 byte string.",
    "sixteen bytes 16",
]
BYTES = [bytes(range(256)), b"\0", b"\xff\xfe\0", b"0123456789abcdef"]
SIGNED_32 = [1, -1, 2**31 - 1, -(2**31), 300]
SIGNED_64 = [1, -1, 2**63 - 1, -(2**63), 123_456_789_012]
UNSIGNED_32 = [1, 127, 128, 2**32 - 1]
UNSIGNED_64 = [1, 16384, 2**64 - 1]
FLOATS = [1.5, -0.25, 1024.0]

CHOICES = {
    Field.TYPE_STRING: TEXTS, Field.TYPE_BYTES: BYTES, Field.TYPE_BOOL: [True],
    Field.TYPE_DOUBLE: FLOATS, Field.TYPE_FLOAT: FLOATS,
    Field.TYPE_INT32: SIGNED_32, Field.TYPE_SINT32: SIGNED_32, Field.TYPE_SFIXED32: SIGNED_32,
    Field.TYPE_INT64: SIGNED_64, Field.TYPE_SINT64: SIGNED_64, Field.TYPE_SFIXED64: SIGNED_64,
    Field.TYPE_UINT32: UNSIGNED_32, Field.TYPE_FIXED32: UNSIGNED_32,
    Field.TYPE_UINT64: UNSIGNED_64, Field.TYPE_FIXED64: UNSIGNED_64,
}
ZEROS = {Field.TYPE_STRING: "", Field.TYPE_BYTES: b"", Field.TYPE_BOOL: False}


class _Samples:
    def __init__(self, descriptors, names: Names) -> None:
        self.names = names
        self.pool = descriptor_pool.DescriptorPool()
        for file in descriptors.file:
            self.pool.Add(file)
        self.protos, self.enums = {}, {}
        for file in descriptors.file:
            for enum in file.enum_type:
                self.enums[f"{file.package}.{enum.name}"] = enum
            for full, message in schema.messages_of(file):
                self.protos[full] = message
                for enum in message.enum_type:
                    self.enums[f"{full}.{enum.name}"] = enum
        self.turn = 0

    def _new(self, full: str):
        return message_factory.MessageFactory(self.pool).GetPrototype(
            self.pool.FindMessageTypeByName(full))()

    def _value(self, field):
        self.turn += 1
        if field.type == Field.TYPE_ENUM:
            values = self.enums[field.type_name.lstrip(".")].value
            return values[self.turn % len(values)].number or values[-1].number
        choices = CHOICES[field.type]
        return choices[self.turn % len(choices)]

    def full(self, name: str, member: int = 0):
        """All fields set; of each oneof the member with that place."""
        message, proto = self._new(name), self.protos[name]
        places: dict[int, int] = {}
        for field in proto.field:
            if real_oneof(proto, field) is not None:
                place = places.get(field.oneof_index, 0)
                places[field.oneof_index] = place + 1
                if place != member:
                    continue
            if field.type == Field.TYPE_MESSAGE:
                inner = field.type_name.lstrip(".")
                if is_repeated(field):
                    # An empty element too: it takes two bytes and must not get lost.
                    getattr(message, field.name).extend([self.full(inner), self._new(inner)])
                else:
                    getattr(message, field.name).CopyFrom(self.full(inner))
            elif is_repeated(field):
                getattr(message, field.name).extend([self._value(field), self._value(field)])
                getattr(message, field.name).append(ZEROS.get(field.type, 0))
            else:
                setattr(message, field.name, self._value(field))
        return message

    def zero(self, name: str, member: int = 0):
        """Whatever has presence is present and empty."""
        message, proto = self._new(name), self.protos[name]
        places: dict[int, int] = {}
        for field in proto.field:
            if is_repeated(field):
                continue
            if real_oneof(proto, field) is not None:
                place = places.get(field.oneof_index, 0)
                places[field.oneof_index] = place + 1
                if place != member:
                    continue
            elif not field.proto3_optional and field.type != Field.TYPE_MESSAGE:
                continue
            if field.type == Field.TYPE_MESSAGE:
                getattr(message, field.name).SetInParent()
            else:
                setattr(message, field.name, ZEROS.get(field.type, 0))
        return message

    def members(self, name: str) -> int:
        proto, counts = self.protos[name], {}
        for field in proto.field:
            if real_oneof(proto, field) is not None:
                counts[field.oneof_index] = counts.get(field.oneof_index, 0) + 1
        return max(counts.values(), default=1)

    # Swift

    def build(self, out: Lines, name: str, message, head: str, tail: str) -> None:
        out.add(f"{head}{self.names.types[name]}.with {{")
        out.depth += 1
        proto = self.protos[name]
        before = len(out.lines)
        for field in proto.field:
            self._assign(out, proto, field, message)
        out.depth -= 1
        if len(out.lines) == before:
            out.lines.pop()
            out.add(f"{head}{self.names.types[name]}(){tail}")
        else:
            out.add("}" + tail)

    def _assign(self, out: Lines, proto, field, message) -> None:
        oneof = real_oneof(proto, field)
        has_presence = field.proto3_optional or oneof is not None or (
            field.type == Field.TYPE_MESSAGE and not is_repeated(field))
        value = getattr(message, field.name)
        if not message.HasField(field.name) if has_presence else not value:
            return
        target, close = f"$0.{naming.swift_property((oneof or field).name)} = ", ""
        if oneof is not None:
            target += f".{naming.swift_property(field.name)}("
            close = ")"
        inner = field.type_name.lstrip(".")
        if not is_repeated(field):
            if field.type == Field.TYPE_MESSAGE:
                self.build(out, inner, value, target, close)
            else:
                out.add(f"{target}{self._literal(field, value)}{close}")
            return
        if field.type != Field.TYPE_MESSAGE:
            out.add(f"{target}[{', '.join(self._literal(field, item) for item in value)}]")
            return
        out.add(f"{target}[")
        out.depth += 1
        for item in value:
            self.build(out, inner, item, "", ",")
        out.depth -= 1
        out.add("]")

    def _literal(self, field, value) -> str:
        if field.type == Field.TYPE_STRING:
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        if field.type == Field.TYPE_BYTES:
            return "[" + ", ".join(str(byte) for byte in value) + "]"
        if field.type == Field.TYPE_BOOL:
            return "true" if value else "false"
        if field.type == Field.TYPE_ENUM:
            return f".init(rawValue: {value})"
        return repr(value)


def write(descriptors, names: Names) -> str:
    samples, out = _Samples(descriptors, names), Lines()
    out.open("struct CodecSample: Sendable")
    out.add("let name: String")
    out.add("let value: any WireMessage")
    out.add("/// What Python's protobuf makes of the same value.")
    out.add("let hex: String")
    out.close()
    out.blank()
    functions = []
    for index, name in enumerate(sorted(samples.protos)):
        functions.append(_function(samples, out, name, index))
    out.add("let codecSamples: [CodecSample] = [")
    out.lines += [f"    {function}()," for function in functions]
    out.add("].flatMap { $0 }")
    return HEADING + "\nimport Wire\n\n" + out.text()


def _function(samples: _Samples, out: Lines, name: str, index: int) -> str:
    function = f"samples{index:03}"
    out.add(f"/// {name}")
    out.open(f"private func {function}() -> [CodecSample]")
    out.add("[")
    out.depth += 1
    for label, make in (("full", samples.full), ("zero", samples.zero)):
        for member in range(samples.members(name)):
            message = make(name, member)
            out.add("CodecSample(")
            out.depth += 1
            out.add(f'name: "{name} {label} {member}",')
            samples.build(out, name, message, "value: ", ",")
            encoded = message.SerializeToString(deterministic=True)
            out.add(f'hex: "{encoded.hex()}"),')
            out.depth -= 1
    out.depth -= 1
    out.add("]")
    out.close()
    out.blank()
    return function
