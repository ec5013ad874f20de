#!/usr/bin/env python3
"""Writes what Python's protobuf makes of seeded random messages, for MessageCodecTests.

usage: make_golden.py, with Debian 12's protobuf-compiler and python3-protobuf; writes
everything.binpb (the definitions) and messages.jsonl (a line a message: its JSON and its bytes).
"""
import json
import math
import pathlib
import random
import struct
import subprocess

from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory

HERE = pathlib.Path(__file__).resolve().parent
MESSAGES = 160
SEED = 20210531

TEXTS = ["", "a", "Sóc Trăng", "“157/2019/QĐ-CCTHADS”", "𝄞", "\n\t\"\\/\b\f\r", "\u2028\u2029",
         "e\u0301", "\x7f\x80\x9f", "x\ufeffy", "😀" * 3]
REALS = [0.0, -0.0, 1.0, -1.5, 0.1, 1e16, 123456789.125, 1e-7, 5e-324, 1.7976931348623157e308,
         math.inf, -math.inf, 2.0**53]


def load():
    subprocess.run(
        ["protoc", f"--proto_path={HERE}", f"--descriptor_set_out={HERE}/everything.binpb",
         "everything.proto"], check=True)
    files = descriptor_pb2.FileDescriptorSet.FromString((HERE / "everything.binpb").read_bytes())
    pool = descriptor_pool.DescriptorPool()
    for file in files.file:
        pool.Add(file)
    found = pool.FindMessageTypeByName("golden.v1.Everything")
    return message_factory.MessageFactory(pool).GetPrototype(found)


class Dice:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def whole(self, low, high):
        edges = [low, high, 0, 1, max(low, -1), 127, 128, 300]
        return self.random.choice(edges + [self.random.randint(low, high)] * 4)

    def scalar(self, field):
        kind = field.type
        if kind == field.TYPE_BOOL:
            return self.random.random() < 0.5
        if kind == field.TYPE_STRING:
            return "".join(self.random.choices(TEXTS, k=self.random.randint(0, 3)))
        if kind == field.TYPE_BYTES:
            return self.random.randbytes(self.random.randint(0, 9))
        if kind == field.TYPE_ENUM:
            return self.random.choice([value.number for value in field.enum_type.values] + [77])
        if kind == field.TYPE_DOUBLE:
            return self.random.choice(REALS + [self.random.uniform(-1e9, 1e9)] * 5)
        if kind == field.TYPE_FLOAT:
            return self.random.choice(
                [0.0, -0.0, 1.5, -0.25, 1e10, math.inf, 3.4028234663852886e38,
                 struct.unpack("f", struct.pack("f", self.random.uniform(-1e6, 1e6)))[0]])
        if kind in (field.TYPE_INT32, field.TYPE_SINT32, field.TYPE_SFIXED32):
            return self.whole(-2**31, 2**31 - 1)
        if kind in (field.TYPE_INT64, field.TYPE_SINT64, field.TYPE_SFIXED64):
            return self.whole(-2**63, 2**63 - 1)
        return self.whole(0, 2**(32 if kind in (field.TYPE_UINT32, field.TYPE_FIXED32) else 64) - 1)

    def fill(self, message, depth):
        # Sparse inside, so that a message stays readable.
        share = 0.4 if depth == 0 else 0.12
        for field in message.DESCRIPTOR.fields:
            if self.random.random() > share:
                continue
            is_message = field.type == field.TYPE_MESSAGE
            if is_message and field.message_type.GetOptions().map_entry:
                self.fill_map(getattr(message, field.name), field.message_type, depth)
            elif field.label == field.LABEL_REPEATED:
                for _ in range(self.random.randint(0, 3)):
                    if not is_message:
                        getattr(message, field.name).append(self.scalar(field))
                    elif depth < 3:
                        self.fill(getattr(message, field.name).add(), depth + 1)
            elif not is_message:
                setattr(message, field.name, self.scalar(field))
            elif depth < 3:
                getattr(message, field.name).SetInParent()
                self.fill(getattr(message, field.name), depth + 1)

    def fill_map(self, entries, entry, depth):
        key, value = entry.fields_by_name["key"], entry.fields_by_name["value"]
        for _ in range(self.random.randint(0, 3)):
            if value.type == value.TYPE_MESSAGE:
                self.fill(entries[self.scalar(key)], depth + 2)
            else:
                entries[self.scalar(key)] = self.scalar(value)


def main():
    everything = load()
    dice = Dice(SEED)
    with open(HERE / "messages.jsonl", "w", encoding="utf-8") as out:
        for index in range(MESSAGES):
            message = everything()
            if index:
                dice.fill(message, 0)
            line = {"json": json_format.MessageToDict(message),
                    "hex": message.SerializeToString(deterministic=True).hex()}
            out.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
