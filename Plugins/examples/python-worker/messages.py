"""Message classes made of Protos/descriptors.binpb at run time, and how calls fail."""
from __future__ import annotations

import dataclasses
import enum
import pathlib

from google.protobuf import descriptor_pb2, descriptor_pool, message, message_factory


class Status(enum.IntEnum):
    """gRPC's status codes."""

    (OK, CANCELLED, UNKNOWN, INVALID_ARGUMENT, DEADLINE_EXCEEDED, NOT_FOUND, ALREADY_EXISTS,
     PERMISSION_DENIED, RESOURCE_EXHAUSTED, FAILED_PRECONDITION, ABORTED, OUT_OF_RANGE,
     UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS, UNAUTHENTICATED) = range(17)


@dataclasses.dataclass
class Failure(Exception):
    """Why a call failed: caodiem.wire.v1.Failure."""

    code: int
    message: str
    field: str = ""
    hint: str = ""
    retryable: bool = False
    reason: str = ""

    def __str__(self) -> str:
        name = Status(self.code).name if self.code in Status._value2member_map_ else self.code
        return f"{name}: {self.message}" + (f" ({self.hint})" if self.hint else "")

    def trailers(self, protos: "Protos"):
        """As it travels: status and message, and all of it in the details when that fits."""
        trailers = protos.message("caodiem.wire.v1.Trailers")(
            code=self.code, message=cut(self.message, 1024))
        details = protos.message("caodiem.wire.v1.Failure")(
            **dataclasses.asdict(self)).SerializeToString()
        if len(details) <= 16 << 10:
            trailers.details = details
        return trailers

    @classmethod
    def of(cls, trailers, protos: "Protos") -> "Failure | None":
        """What trailers say; None for OK."""
        if trailers.code == 0:
            return None
        code = trailers.code if trailers.code <= 16 else Status.UNKNOWN
        failure = cls(code, trailers.message)
        if trailers.details:
            told = protos.decode("caodiem.wire.v1.Failure", trailers.details)
            failure.message = told.message or failure.message
            failure.field, failure.hint = told.field, told.hint
            failure.retryable, failure.reason = told.retryable, told.reason
        return failure


def cut(text: str, limit: int) -> str:
    """At most `limit` bytes of UTF-8, marked where something is missing."""
    encoded = text.encode()
    if len(encoded) <= limit:
        return text
    return encoded[:limit - 3].decode(errors="ignore") + "…"


@dataclasses.dataclass(frozen=True)
class Method:
    path: str
    request: str
    reply: str
    client_streaming: bool
    server_streaming: bool


class Protos:
    """All messages and methods of a descriptor set, by their full names."""

    def __init__(self, files: descriptor_pb2.FileDescriptorSet) -> None:
        self.pool, self.classes = descriptor_pool.DescriptorPool(), {}
        self.methods: dict[str, Method] = {}
        for file in files.file:
            self.pool.Add(file)
            for service in file.service:
                name = f"{file.package}.{service.name}"
                for method in service.method:
                    path = f"/{name}/{method.name}"
                    self.methods[path] = Method(
                        path, method.input_type[1:], method.output_type[1:],
                        method.client_streaming, method.server_streaming)

    @classmethod
    def load(cls, path: str | pathlib.Path) -> "Protos":
        return cls(descriptor_pb2.FileDescriptorSet.FromString(pathlib.Path(path).read_bytes()))

    def message(self, name: str):
        """The class of a message type."""
        if name not in self.classes:
            found = self.pool.FindMessageTypeByName(name)
            if hasattr(message_factory, "GetMessageClass"):
                self.classes[name] = message_factory.GetMessageClass(found)
            else:  # protobuf before 4.22, as Debian 12 has it
                self.classes[name] = message_factory.MessageFactory(self.pool).GetPrototype(found)
        return self.classes[name]

    def method(self, path: str) -> Method:
        if path not in self.methods:
            raise Failure(Status.UNIMPLEMENTED, f"{path} is not in the descriptors")
        return self.methods[path]

    def decode(self, name: str, encoded: bytes):
        try:
            return self.message(name).FromString(encoded)
        except message.DecodeError:
            raise Failure(Status.INTERNAL, f"the bytes are no {name}") from None
