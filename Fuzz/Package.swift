// swift-tools-version: 6.2
import PackageDescription

// Built by scripts/fuzz only, with the address sanitizer and coverage in all of it: protobuf-c comes from
// its source, Wire and the generated code by links.

let package = Package(
    name: "CaoDiemFuzz",
    targets: [
        .target(name: "CProtobufC"),
        .target(name: "CMessages", dependencies: ["CProtobufC"]),
        .target(name: "Wire", dependencies: ["CMessages", "CProtobufC"]),
        .executableTarget(name: "FuzzMessages", dependencies: ["Wire", "CMessages", "CProtobufC"]),
        .executableTarget(name: "FuzzConnection", dependencies: ["Wire"]),
    ]
)
