// swift-tools-version: 6.2
import PackageDescription

// The codec and the connection without sockets, for times and for counted instructions: needs nothing but Wire, by links.

let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "CaoDiemWire",
    platforms: [.macOS(.v15)],
    targets: [
        .systemLibrary(name: "CProtobufC", pkgConfig: "libprotobuf-c"),
        .target(name: "CMessages", dependencies: ["CProtobufC"]),
        .target(name: "Wire", dependencies: ["CMessages", "CProtobufC"], swiftSettings: strict),
        .target(name: "Meter", swiftSettings: strict),
        .executableTarget(
            name: "codec", dependencies: ["Wire", "CMessages", "CProtobufC", "Meter"],
            swiftSettings: strict),
        .executableTarget(name: "counted", dependencies: ["Wire"], swiftSettings: strict),
    ]
)
