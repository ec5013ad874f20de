"""Writes the copying between Swift value types and protobuf-c's structs."""

from __future__ import annotations

from google.protobuf import descriptor_pb2

import naming
import schema
from swift_types import HEADING, Lines, Names, is_repeated, oneof_type, real_oneof

Field = descriptor_pb2.FieldDescriptorProto


def write(files, names: Names) -> dict[str, str]:
    """End of the file's name -> text: the half that reads structs, the half that fills them."""
    reading, writing = Lines(), Lines()
    for file in files:
        for full, message in schema.messages_of(file):
            reading.blank()
            _Coding(full, message, names, reading).write_reading()
            writing.blank()
            _Coding(full, message, names, writing).write_writing()
    head = HEADING + "\nimport CMessages\nimport CProtobufC\n\n"
    return {"Reading": head + _wrapped(reading), "Writing": head + _wrapped(writing)}


def _wrapped(out: Lines) -> str:
    """The text, with assignments that are too long broken after their `=`."""
    lines = []
    for line in out.lines:
        left, equals, right = line.partition(" = ")
        if len(line) <= 100 or not equals:
            lines.append(line)
            continue
        indent = " " * (len(line) - len(line.lstrip()) + 4)
        lines += [left + " =", indent + right]
    return "\n".join(lines) + "\n"


class _Coding:
    def __init__(self, full: str, message, names: Names, out: Lines) -> None:
        self.full, self.message, self.names, self.out = full, message, names, out
        self.c_type, self.c_lower = naming.c_type(full), naming.c_lower(full)

    def write_reading(self) -> None:
        out = self.out
        out.open(f"extension {self.names.types[self.full]}: CodedMessage")
        out.add(f'public static let messageName = "{self.full}"')
        out.blank()
        out.add("typealias Raw = " + self.c_type)
        out.blank()
        out.open("public init(decoding bytes: UnsafeRawBufferPointer) throws(DecodingFailure)")
        out.add("self = try Self.decoded(from: bytes)")
        out.close()
        out.blank()
        out.add("static func unpack(_ allocator: AllocatorPointer, _ bytes: BytesPointer)")
        out.add("    -> UnsafeMutablePointer<Raw>?")
        out.add("{")
        out.depth += 1
        out.add(f"{self.c_lower}__unpack(")
        out.add("    allocator, bytes.count, bytes.baseAddress)")
        out.close()
        out.blank()
        self._reading()
        out.close()

    def write_writing(self) -> None:
        out = self.out
        out.open(f"extension {self.names.types[self.full]}")
        out.open("public func encode(into bytes: inout [UInt8]) throws(EncodingFailure)")
        out.add("try append(to: &bytes)")
        out.close()
        out.blank()
        out.add("public func encoded() throws(EncodingFailure) -> [UInt8] { try freshBytes() }")
        out.blank()
        out.open("static func initialize(_ raw: UnsafeMutablePointer<Raw>)")
        out.add(f"{self.c_lower}__init(raw)")
        out.close()
        out.blank()
        self._writing()
        out.close()

    def _plain_and_oneofs(self):
        """Yields (field, None) for plain fields and (None, index) for each real oneof, once."""
        seen = set()
        for field in self.message.field:
            if real_oneof(self.message, field) is None:
                yield field, None
            elif field.oneof_index not in seen:
                seen.add(field.oneof_index)
                yield None, field.oneof_index

    def _members(self, oneof_index: int):
        return [
            field for field in self.message.field
            if field.HasField("oneof_index") and field.oneof_index == oneof_index
        ]

    def _case_member(self, oneof_index: int) -> str:
        return "raw.pointee." + self.message.oneof_decl[oneof_index].name.lower() + "_case"

    # Reading

    def _reading(self) -> None:
        out = self.out
        out.open("init(reading raw: UnsafePointer<Raw>) throws(DecodingFailure)")
        for field, oneof_index in self._plain_and_oneofs():
            if field is None:
                self._read_oneof(oneof_index)
            elif field.proto3_optional:
                out.open(f"if {self._case_member(field.oneof_index)}.rawValue == {field.number}")
                self._read_single(field, lambda value: f"self.{self._property(field)} = {value}")
                out.close()
            elif is_repeated(field):
                self._read_repeated(field)
            else:
                self._read_single(field, lambda value: f"self.{self._property(field)} = {value}")
        out.close()

    def _property(self, field) -> str:
        return naming.swift_property(field.name)

    def _path(self, field) -> str:
        return f'"{field.name}"'

    def _member(self, field) -> str:
        return f"raw.pointee.{naming.c_field(field.name)}"

    def _read_single(self, field, assign) -> None:
        member, out = self._member(field), self.out
        if field.type == Field.TYPE_MESSAGE:
            out.open(f"if let part = {member}")
            out.add(assign(f"try {self.names.of_field(field)}(reading: part)"))
            out.close()
        elif field.type == Field.TYPE_STRING:
            out.add(assign(f"try Self.text({member}, {self._path(field)})"))
        elif field.type == Field.TYPE_BYTES:
            out.add(assign(f"StructReader.bytes({member})"))
        elif field.type == Field.TYPE_BOOL:
            out.add(assign(f"{member} != 0"))
        elif field.type == Field.TYPE_ENUM:
            value = f"(rawValue: .init(truncatingIfNeeded: {member}.rawValue))"
            out.add(assign(self.names.of_field(field) + value))
        else:
            out.add(assign(member))

    def _read_repeated(self, field) -> None:
        member = self._member(field)
        count = f"raw.pointee.n_{naming.c_field(field.name)}"
        target = f"self.{self._property(field)}"
        if field.type == Field.TYPE_MESSAGE:
            call = f"try StructReader.messages({member}, {count})"
        elif field.type == Field.TYPE_STRING:
            call = f"try Self.texts({member}, {count}, {self._path(field)})"
        elif field.type == Field.TYPE_BYTES:
            call = f"StructReader.byteArrays({member}, {count})"
        elif field.type == Field.TYPE_BOOL:
            call = f"StructReader.numbers({member}, {count}).map {{ $0 != 0 }}"
        elif field.type == Field.TYPE_ENUM:
            element = self.names.of_field(field)
            self.out.open(f"{target} = StructReader.numbers({member}, {count}).map")
            self.out.add(f"{element}(rawValue: .init(truncatingIfNeeded: $0.rawValue))")
            self.out.close()
            return
        else:
            call = f"StructReader.numbers({member}, {count})"
        self.out.add(f"{target} = {call}")

    def _read_oneof(self, oneof_index: int) -> None:
        out, oneof = self.out, self.message.oneof_decl[oneof_index]
        target = f"self.{naming.swift_property(oneof.name)}"
        out.add(f"switch {self._case_member(oneof_index)}.rawValue {{")
        for field in self._members(oneof_index):
            out.add(f"case {field.number}:")
            out.depth += 1
            case = naming.swift_property(field.name)
            self._read_single(field, lambda value, case=case: f"{target} = .{case}({value})")
            out.depth -= 1
        out.add("default: break")
        out.add("}")

    # Writing

    def _writing(self) -> None:
        out = self.out
        out.open("func fill(_ raw: UnsafeMutablePointer<Raw>, _ arena: Arena) "
                 "throws(EncodingFailure)")
        for field, oneof_index in self._plain_and_oneofs():
            if field is None:
                self._write_oneof(oneof_index)
            elif field.proto3_optional:
                out.open(f"if let value = self.{self._property(field)}")
                self._write_member(field, "value")
                out.close()
            elif is_repeated(field):
                self._write_repeated(field)
            elif field.type == Field.TYPE_MESSAGE:
                out.open(f"if let value = self.{self._property(field)}")
                out.add(f"{self._member(field)} = try arena.message(value)")
                out.close()
            else:
                out.add(f"{self._member(field)} = " +
                        self._written(field, f"self.{self._property(field)}"))
        out.close()

    def _written(self, field, value: str) -> str:
        if field.type == Field.TYPE_MESSAGE:
            return f"try arena.message({value})"
        if field.type == Field.TYPE_STRING:
            return f"try arena.text({value}, Self.self, {self._path(field)})"
        if field.type == Field.TYPE_BYTES:
            return f"arena.bytes({value})"
        if field.type == Field.TYPE_BOOL:
            return f"{value} ? 1 : 0"
        if field.type == Field.TYPE_ENUM:
            return f".init(rawValue: .init(truncatingIfNeeded: {value}.rawValue))"
        return value

    def _write_member(self, field, value: str) -> None:
        case = self._case_member(field.oneof_index)
        self.out.add(f"{case} = .init(rawValue: {field.number})")
        self.out.add(f"{self._member(field)} = {self._written(field, value)}")

    def _write_repeated(self, field) -> None:
        property_name = f"self.{self._property(field)}"
        if field.type == Field.TYPE_MESSAGE:
            call = f"try arena.messages({property_name})"
        elif field.type == Field.TYPE_STRING:
            call = f"try arena.texts({property_name}, Self.self, {self._path(field)})"
        elif field.type == Field.TYPE_BYTES:
            call = f"arena.byteArrays({property_name})"
        elif field.type == Field.TYPE_BOOL:
            call = f"arena.numbers({property_name}) {{ $0 ? 1 : 0 }}"
        elif field.type == Field.TYPE_ENUM:
            call = (f"arena.numbers({property_name}) {{ "
                    ".init(rawValue: .init(truncatingIfNeeded: $0.rawValue)) }")
        else:
            call = f"arena.numbers({property_name}) {{ $0 }}"
        member = naming.c_field(field.name)
        self.out.add(f"(raw.pointee.n_{member}, raw.pointee.{member}) =")
        self.out.add(f"    {call}")

    def _write_oneof(self, oneof_index: int) -> None:
        out, oneof = self.out, self.message.oneof_decl[oneof_index]
        out.add(f"switch self.{naming.swift_property(oneof.name)} {{")
        for field in self._members(oneof_index):
            out.add(f"case .{naming.swift_property(field.name)}(let value)?:")
            out.depth += 1
            self._write_member(field, "value")
            out.depth -= 1
        out.add("case nil: break")
        out.add("}")
