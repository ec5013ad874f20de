"""Every service of a running fleet by reflection, through the gateway: fleet.py ADDRESS

Knows nothing of the fleet but what reflection tells.
"""
import sys
import unittest

import grpc
from google.protobuf.descriptor_pool import DescriptorPool
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import (
    ProtoReflectionDescriptorDatabase)

import stubs

# Methods that are left alone here: they change the fleet or never end.
LEFT = {"Watch", "WatchChanges", "ServerReflectionInfo"}


class Fleet(unittest.TestCase):
    address = ""

    def setUp(self):
        self.channel = stubs.channel(self.address)
        self.addCleanup(self.channel.close)
        # grpcio-reflection asks by the older name, v1alpha.
        self.database = ProtoReflectionDescriptorDatabase(self.channel)
        self.services = list(self.database.get_services())

    def test_the_fleet_lists_its_services(self):
        for name in ["Scoring", "Ingestion", "Auction", "Emulation", "Casework"]:
            self.assertTrue(
                any(found.endswith("." + name) for found in self.services), self.services)

    def test_every_service_is_called_by_reflection(self):
        pool = DescriptorPool(self.database)
        reached = []
        for name in self.services:
            described = pool.FindServiceByName(name)
            service = stubs.Service(self.channel, name, pool)
            for method in described.methods:
                if method.GetOptions().idempotency_level == 0 or method.name in LEFT:
                    continue
                self.call(getattr(service, method.name), getattr(service, method.name + "Request"))
                reached.append(f"{name}/{method.name}")
        self.assertGreater(len(reached), 10, reached)
        print(len(reached), "methods of", len(self.services), "services", file=sys.stderr)

    def call(self, method, request):
        """An empty request may be refused by the service itself, but must reach it."""
        streams = isinstance(method, (grpc.StreamUnaryMultiCallable, grpc.StreamStreamMultiCallable))
        try:
            reply = method(iter([request()]) if streams else request(), timeout=30)
            if hasattr(reply, "__iter__") and not hasattr(reply, "SerializeToString"):
                list(reply)
        except grpc.RpcError as error:
            self.assertNotIn(error.code(), {
                grpc.StatusCode.UNIMPLEMENTED, grpc.StatusCode.UNAVAILABLE,
                grpc.StatusCode.UNKNOWN, grpc.StatusCode.DEADLINE_EXCEEDED,
                grpc.StatusCode.INTERNAL}, f"{method._method}: {error.details()}")

    def test_health_of_the_whole_and_of_each_service(self):
        health = health_pb2_grpc.HealthStub(self.channel)
        for name in [""] + [name for name in self.services if name.startswith("caodiem.")]:
            reply = health.Check(health_pb2.HealthCheckRequest(service=name), timeout=20)
            self.assertEqual(reply.status, health_pb2.HealthCheckResponse.SERVING, name)
        with self.assertRaises(grpc.RpcError) as caught:
            health.Check(health_pb2.HealthCheckRequest(service="no.such.Service"), timeout=20)
        self.assertEqual(caught.exception.code(), grpc.StatusCode.NOT_FOUND)

    def test_health_is_watched(self):
        health = health_pb2_grpc.HealthStub(self.channel)
        watch = health.Watch(health_pb2.HealthCheckRequest(service=""), timeout=30)
        self.assertEqual(next(watch).status, health_pb2.HealthCheckResponse.SERVING)
        watch.cancel()


if __name__ == "__main__":
    Fleet.address = sys.argv.pop(1)
    unittest.main(verbosity=2)
