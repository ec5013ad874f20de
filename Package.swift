// swift-tools-version: 6.2
import PackageDescription

// One station is one target; docs/architecture.md says who may import what, `make check` reads both.

let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

func station(
    _ name: String, path: String? = nil, _ dependencies: [Target.Dependency] = [],
    exclude: [String] = []
) -> Target {
    .target(
        name: name, dependencies: dependencies, path: path ?? "Sources/\(name)", exclude: exclude,
        swiftSettings: strict)
}

func executable(
    _ name: String, path: String? = nil, _ dependencies: [Target.Dependency],
    exclude: [String] = []
) -> Target {
    .executableTarget(
        name: name, dependencies: dependencies, path: path ?? "Sources/\(name)", exclude: exclude,
        swiftSettings: strict)
}

/// The executable of a plugin: `Plugins/<subject>/main.swift` beside its manifest.
func plugin(_ subject: String, _ worker: Target.Dependency) -> Target {
    executable(
        "caodiem-\(subject)", path: "Plugins/\(subject)", [worker, "WorkerKit"],
        exclude: ["plugin.yaml"])
}

func worker(_ subject: String, _ dependencies: [Target.Dependency] = []) -> Target {
    station(
        "\(subject)Worker", path: "Sources/Workers/\(subject)",
        ["WorkerKit", "Wire", "Store", "Rules"] + dependencies)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(
        name: name, dependencies: dependencies, path: "Tests/\(name)", exclude: exclude,
        swiftSettings: strict)
}

let nio: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
]
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let arguments: Target.Dependency = .product(
    name: "ArgumentParser", package: "swift-argument-parser")

let grpc: [Target.Dependency] = [
    .product(name: "GRPCCore", package: "grpc-swift-2"),
    .product(name: "GRPCNIOTransportHTTP2Posix", package: "grpc-swift-nio-transport"),
    .product(name: "NIOCore", package: "swift-nio"),
]

let web: [Target.Dependency] = [
    .product(name: "HummingbirdCore", package: "hummingbird"),
    .product(name: "HTTPTypes", package: "swift-http-types"),
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
    logging,
]

let package = Package(
    name: "CaoDiem",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/grpc/grpc-swift-2", exact: "2.4.3"),
        .package(url: "https://github.com/grpc/grpc-swift-nio-transport", exact: "2.9.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        // Its HTTP/1 server alone, without swift-configuration and without full Foundation.
        .package(
            url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CProtobufC", path: "Sources/CProtobufC", pkgConfig: "libprotobuf-c",
            providers: [.apt(["libprotobuf-c-dev"])]),
        .target(name: "CMessages", dependencies: ["CProtobufC"], path: "Sources/CMessages"),
        .target(name: "CLinux", path: "Sources/CLinux"),
        station("Rules"),
        station("Spelling"),
        station("Vocabulary"),
        station("StrictYAML", ["Spelling", .product(name: "Yams", package: "Yams")]),
        station("LawBook", ["Rules", "StrictYAML", "Spelling", "Digests"], exclude: ["Law"]),
        station("Digests", [.product(name: "Crypto", package: "swift-crypto")]),
        station("Wire", ["CMessages", "CProtobufC"]),
        station("Reflection", ["Spelling"]),
        station("Transport", ["Wire", "CLinux"] + nio),
        station(
            "TransportTLS",
            [
                "Transport", "Wire", .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOTLS", package: "swift-nio"),
            ] + nio),
        station(
            "Store",
            [
                "Rules", "Digests", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]),
        station("Offline", ["Store", "Rules", "Digests"]),
        station("WorkerKit", ["Transport", "Wire", "Store", "Rules", "LawBook", "Digests"]),
        .systemLibrary(
            name: "CZip", path: "Sources/CZip", pkgConfig: "libzip",
            providers: [.apt(["libzip-dev"])]),
        .systemLibrary(
            name: "CExpat", path: "Sources/CExpat", pkgConfig: "expat",
            providers: [.apt(["libexpat1-dev"])]),
        .systemLibrary(
            name: "CXlsxWriter", path: "Sources/CXlsxWriter", pkgConfig: "xlsxwriter",
            providers: [.apt(["libxlsxwriter-dev"])]),
        .target(
            name: "CWorkbook", dependencies: ["CZip", "CExpat"], path: "Sources/CWorkbook"),
        worker("Ingestion", ["Digests", "StrictYAML", "CWorkbook", "CXlsxWriter"]),
        worker("Scoring", ["LawBook", "Digests", "EmulationWorker"]),
        worker("Auction"), worker("Emulation"), worker("Casework", ["LawBook"]),
        station(
            "GRPCGatewayWorker", path: "Sources/Workers/GRPCGateway",
            ["WorkerKit", "Transport", "Wire"] + grpc),
        station(
            "DashboardWorker", path: "Sources/Workers/Dashboard",
            ["WorkerKit", "Transport", "Wire", "Rules", "Digests", "Vocabulary"] + web),
        station(
            "Coordination",
            [
                "Transport", "TransportTLS", "Wire", "Reflection", "StrictYAML", "Spelling",
                "Digests", logging,
            ]),
        station(
            "AdminCommands",
            [
                "Transport", "TransportTLS", "Wire", "Reflection", "Spelling", "Digests",
                "Vocabulary", arguments,
            ]),
        station("Conformance", ["Wire", "CLinux"]),
        station("Datagen", ["Rules"]),
        executable(
            "caodiem-coordinator",
            ["Coordination", "Store", "Offline", "Rules", "Wire", arguments, logging]),
        executable("caodiem", ["AdminCommands"]),
        executable("caodiem-conformance", ["Conformance"]),
        executable(
            "fault-plugin", path: "Plugins/examples/fault",
            ["Transport", "Wire", .product(name: "GRDB", package: "GRDB.swift")],
            exclude: ["plugin.yaml"]),
        executable("caodiem-datagen", ["Datagen", arguments]),
        plugin("ingestion", "IngestionWorker"),
        plugin("scoring", "ScoringWorker"),
        plugin("auction", "AuctionWorker"),
        plugin("emulation", "EmulationWorker"),
        plugin("casework", "CaseworkWorker"),
        plugin("grpc-gateway", "GRPCGatewayWorker"),
        plugin("dashboard", "DashboardWorker"),
        tests("RulesTests", ["Rules", "LawBook"]),
        tests("LawBookTests", ["LawBook", "Rules", "StrictYAML", "Spelling", "Digests"]),
        tests("ReflectionTests", ["Reflection", "Wire"], exclude: ["Golden"]),
        tests("WireTests", ["Wire", "CMessages", "CProtobufC"]),
        tests("TransportTests", ["Transport", "Wire", "CLinux"]),
        executable(
            "caodiem-test-worker", path: "Tests/TestWorker", ["Transport", "TransportTLS", "Wire"]),
        station("TestCertificates", path: "Tests/TestCertificates", ["TransportTLS"]),
        tests("TransportTLSTests", ["TransportTLS", "TestCertificates", "Transport", "Wire"]),
        tests(
            "CoordinationTests",
            [
                "Coordination", "Transport", "TransportTLS", "TestCertificates", "Wire",
                "Reflection", "Digests", logging,
            ]),
        tests(
            "StoreTests",
            ["Store", "Rules", "LawBook", .product(name: "GRDB", package: "GRDB.swift")]),
        tests(
            "WorkerKitTests", ["WorkerKit", "LawBook", "Rules", "Store", "Transport", "Wire"]),
        tests("OfflineTests", ["Offline", "Store", "Rules", "Digests"]),
        executable("caodiem-test-writer", path: "Tests/StoreWriter", ["Store"]),
        tests("ConformanceTests", ["Conformance", "Wire"]),
        tests(
            "IngestionWorkerTests",
            [
                "IngestionWorker", "WorkerKit", "LawBook", "Store", "Rules", "Wire", "StrictYAML",
                "CZip",
            ]),
        tests(
            "EmulationWorkerTests",
            [
                "EmulationWorker", "WorkerKit", "Digests", "LawBook", "Rules", "Store", "Transport",
                "Wire",
            ]),
        tests(
            "GRPCGatewayWorkerTests",
            ["GRPCGatewayWorker", "WorkerKit", "Transport", "Wire"] + grpc),
        tests("DashboardWorkerTests", ["DashboardWorker", "Rules", "Transport", "Wire"]),
        tests("AdminCommandsTests", ["AdminCommands", "Reflection", "Rules", "Wire"]),
        tests("DatagenTests", ["Datagen", "Rules"]),
        tests("IntegrationTests", ["Transport", "Wire", "Digests"]),
    ]
)
