"""Calls by path with the messages of Protos/descriptors.binpb; no generated code."""
import pathlib

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

ROOT = pathlib.Path(__file__).resolve().parents[2]

POOL = descriptor_pool.DescriptorPool()
FILES = descriptor_pb2.FileDescriptorSet.FromString((ROOT / "Protos/descriptors.binpb").read_bytes())
for _file in FILES.file:
    POOL.Add(_file)
_FACTORY = message_factory.MessageFactory(POOL)


def message(name):
    """The class of a message by its full name."""
    return _FACTORY.GetPrototype(POOL.FindMessageTypeByName(name))


class Service:
    """The methods of a service as attributes, each callable as gRPC's own stubs are."""

    def __init__(self, channel, name, pool=POOL):
        factory = message_factory.MessageFactory(pool)
        described = pool.FindServiceByName(name)
        proto = descriptor_pb2.ServiceDescriptorProto()
        described.CopyToProto(proto)
        for method, kind in zip(described.methods, proto.method):
            make = {
                (False, False): channel.unary_unary, (False, True): channel.unary_stream,
                (True, False): channel.stream_unary, (True, True): channel.stream_stream,
            }[kind.client_streaming, kind.server_streaming]
            setattr(self, method.name, make(
                f"/{name}/{method.name}",
                request_serializer=lambda message: message.SerializeToString(),
                response_deserializer=factory.GetPrototype(method.output_type).FromString))
            setattr(self, method.name + "Request", factory.GetPrototype(method.input_type))


def channel(address):
    """An insecure channel that makes no call twice."""
    return grpc.insecure_channel(address, options=[
        ("grpc.max_receive_message_length", 16 << 20), ("grpc.enable_retries", 0)])
