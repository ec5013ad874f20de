/// A version of the protocol: the major says who can talk at all, the minor what they may say.
public struct ProtocolVersion: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let major: UInt16
    public let minor: UInt16

    public init(major: UInt16, minor: UInt16) {
        self.major = major
        self.minor = minor
    }

    init(packed: UInt32) {
        major = UInt16(truncatingIfNeeded: packed >> 16)
        minor = UInt16(truncatingIfNeeded: packed)
    }

    var packed: UInt32 { UInt32(major) << 16 | UInt32(minor) }

    public var description: String { "\(major).\(minor)" }

    public static func < (left: ProtocolVersion, right: ProtocolVersion) -> Bool {
        left.packed < right.packed
    }

    /// What this build speaks.
    public static let supported =
        ProtocolVersion(
            major: 1, minor: 0)...ProtocolVersion(
            major: 1, minor: 0)
}

/// What one side of a connection says about itself in HELLO.
public struct HelloInfo: Equatable, Sendable {
    public var role: WireV1.Role
    /// Name and version of the program, e.g. `caodiem-coordinator/0.1.0`.
    public var software: String
    public var pluginID = ""
    public var instanceID = ""
    public var buildID = ""
    /// 32 bytes that prove a worker to be the child that was spawned; else empty.
    public var sessionToken: [UInt8] = []
    public var services: [WireV1.ServiceVersion] = []
    public var protocolVersions = ProtocolVersion.supported
    public var features: Set<UInt32> = []
    public var storeSchemas: ClosedRange<UInt32> = 0...0
    public var limits: Limits

    public init(role: WireV1.Role, software: String, limits: Limits = Limits()) {
        self.role = role
        self.software = software
        self.limits = limits
    }

    func message() -> WireV1.Hello {
        var hello = WireV1.Hello()
        hello.protocolMin = protocolVersions.lowerBound.packed
        hello.protocolMax = protocolVersions.upperBound.packed
        hello.features = features.sorted()
        hello.role = role
        hello.software = software
        hello.pluginID = pluginID
        hello.instanceID = instanceID
        hello.buildID = buildID
        hello.sessionToken = sessionToken
        hello.services = services
        hello.storeSchemaMin = storeSchemas.lowerBound
        hello.storeSchemaMax = storeSchemas.upperBound
        hello.maxFrame = UInt32(limits.frame)
        hello.maxMessage = UInt32(limits.message)
        hello.maxMetadata = UInt32(limits.metadata)
        hello.maxStreams = UInt32(limits.streams)
        hello.streamWindow = UInt32(limits.window)
        hello.minPingIntervalMs = UInt32(
            clamping: limits.minimumPingInterval.wholeNanoseconds / 1_000_000)
        return hello
    }
}

/// What the peer said in HELLO, and what both agreed on.
public struct PeerHello: Equatable, Sendable {
    /// The peer's own words; its limits bind what we send.
    public var info: HelloInfo
    /// The highest version that both speak.
    public var version: ProtocolVersion
    /// Features that both list.
    public var features: Set<UInt32>

    init(_ hello: WireV1.Hello, ours: HelloInfo) throws(ConnectionError) {
        let low = ProtocolVersion(packed: hello.protocolMin)
        let high = ProtocolVersion(packed: hello.protocolMax)
        guard low <= high else {
            throw ConnectionError(.protocolError, "HELLO offers versions \(low) to \(high)")
        }
        let common = min(high, ours.protocolVersions.upperBound)
        guard common >= max(low, ours.protocolVersions.lowerBound) else {
            let our = ours.protocolVersions
            throw ConnectionError(
                .version,
                "no common protocol version: we speak \(our.lowerBound) to \(our.upperBound), "
                    + "the peer \(low) to \(high)")
        }
        guard hello.storeSchemaMin <= hello.storeSchemaMax else {
            throw ConnectionError(.protocolError, "HELLO has an empty range of store schemas")
        }
        version = common
        features = ours.features.intersection(hello.features)
        info = HelloInfo(role: hello.role, software: hello.software)
        info.pluginID = hello.pluginID
        info.instanceID = hello.instanceID
        info.buildID = hello.buildID
        info.sessionToken = hello.sessionToken
        info.services = hello.services
        info.protocolVersions = low...high
        info.features = Set(hello.features)
        info.storeSchemas = hello.storeSchemaMin...hello.storeSchemaMax
        info.limits = PeerHello.limits(hello)
    }

    /// The peer's limits; 0 is the default, anything else is brought inside the hard bounds.
    private static func limits(_ hello: WireV1.Hello) -> Limits {
        var limits = Limits()
        if hello.maxFrame > 0 { limits.frame = Int(hello.maxFrame) }
        if hello.maxMessage > 0 { limits.message = Int(hello.maxMessage) }
        if hello.maxMetadata > 0 { limits.metadata = Int(hello.maxMetadata) }
        if hello.maxStreams > 0 { limits.streams = Int(hello.maxStreams) }
        if hello.streamWindow > 0 { limits.window = Int(hello.streamWindow) }
        if hello.minPingIntervalMs > 0 {
            limits.minimumPingInterval = .milliseconds(Int64(hello.minPingIntervalMs))
        }
        return limits.bounded()
    }
}

/// Compares secrets in a time that depends on their length only.
func equalInConstantTime(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    var difference: UInt8 = 0
    for (a, b) in zip(left, right) { difference |= a ^ b }
    return difference == 0
}
