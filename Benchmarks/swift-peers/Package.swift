// swift-tools-version: 6.2
import PackageDescription

// Peers written in Swift, built by Benchmarks/setup only: grpc-swift-2 and swift-protobuf. case.pb.swift is generated there.

let package = Package(
    name: "SwiftPeers",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/grpc/grpc-swift-2", exact: "2.4.3"),
        .package(url: "https://github.com/grpc/grpc-swift-nio-transport", exact: "2.9.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-protobuf", exact: "1.39.0"),
    ],
    targets: [
        .target(name: "Meter"),
        .executableTarget(
            name: "grpc-echo",
            dependencies: [
                "Meter", .product(name: "GRPCCore", package: "grpc-swift-2"),
                .product(name: "GRPCNIOTransportHTTP2Posix", package: "grpc-swift-nio-transport"),
                .product(name: "SwiftProtobuf", package: "swift-protobuf"),
            ]),
        .executableTarget(
            name: "swift-protobuf-codec",
            dependencies: ["Meter", .product(name: "SwiftProtobuf", package: "swift-protobuf")]),
    ]
)
