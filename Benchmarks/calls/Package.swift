// swift-tools-version: 6.2
import PackageDescription

// Our side of the benchmarks, built by Benchmarks/setup only: the project's own sources by links, so that the main
// package knows nothing of it.

let nio: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
]
let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "CaoDiemCalls",
    platforms: [.macOS(.v15)],
    dependencies: [.package(url: "https://github.com/apple/swift-nio", exact: "2.101.2")],
    targets: [
        .systemLibrary(name: "CProtobufC", pkgConfig: "libprotobuf-c"),
        .target(name: "CMessages", dependencies: ["CProtobufC"]),
        .target(name: "CLinux"),
        .target(name: "Wire", dependencies: ["CMessages", "CProtobufC"], swiftSettings: strict),
        .target(name: "Transport", dependencies: ["Wire", "CLinux"] + nio, swiftSettings: strict),
        .target(name: "Meter", swiftSettings: strict),
        .executableTarget(
            name: "calls", dependencies: ["Transport", "Wire", "Meter"], swiftSettings: strict),
    ]
)
