/// The number of a call on its connection: odd when the dialling side opened it, else even.
public struct StreamID: Hashable, Comparable, Sendable {
    public let rawValue: UInt32

    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// 0, the connection itself.
    public static let connection = StreamID(rawValue: 0)
    /// The largest id; a first GOAWAY names it to say "not yet decided".
    public static let last = StreamID(rawValue: UInt32(Int32.max))

    public static func < (left: StreamID, right: StreamID) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// What a frame is; 0x00–0x7F must be understood, 0x80–0xFF may be skipped.
public enum FrameType: UInt8, Sendable, CaseIterable {
    case headers = 0x01
    case data = 0x02
    case trailers = 0x03
    case reset = 0x04
    case window = 0x05
    case ping = 0x06
    case goAway = 0x07
    case hello = 0x08
    /// Advice: progress, and the wish for more time.
    case note = 0x81

    /// The flag bits that this type knows.
    var knownFlags: UInt8 {
        switch self {
        case .headers, .data: FrameFlags.endStream
        case .ping: FrameFlags.ack
        default: 0
        }
    }

    /// Whether frames of this type speak of a stream, and not of the connection.
    var isOfStream: Bool {
        switch self {
        case .headers, .data, .trailers, .reset, .window: true
        case .ping, .goAway, .hello, .note: false
        }
    }
}

/// Flag bits of a frame header.
public enum FrameFlags {
    /// The opener's half of the stream ends with this frame (HEADERS, DATA).
    public static let endStream: UInt8 = 0x01
    /// This PING answers one (PING).
    public static let ack: UInt8 = 0x01
}

/// One frame: twelve bytes of header and a payload.
public struct Frame: Equatable, Sendable {
    public var type: FrameType
    public var flags: UInt8
    public var stream: StreamID
    public var payload: ArraySlice<UInt8>

    public init(
        _ type: FrameType, flags: UInt8 = 0, stream: StreamID = .connection,
        payload: ArraySlice<UInt8> = []
    ) {
        self.type = type
        self.flags = flags
        self.stream = stream
        self.payload = payload
    }

    /// Bytes of a frame's header.
    public static let headerSize = 12

    /// The eight bytes that each side sends before its first frame; they survive no text-mode path.
    public static let preface: [UInt8] = [0x89, 0x43, 0x44, 0x50, 0x0D, 0x0A, 0x1A, 0x0A]

    /// The frame as it goes over the wire.
    public func encoded() -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Frame.headerSize + payload.count)
        bytes.appendFrame(type, flags: flags, stream: stream, payload: payload)
        return bytes
    }
}

extension [UInt8] {
    /// Adds a frame's header: length, stream, type, flags and sixteen reserved bits, big-endian.
    mutating func appendFrameHeader(
        _ type: FrameType, flags: UInt8, stream: StreamID, length: Int
    ) {
        let tail = UInt32(type.rawValue) << 24 | UInt32(flags) << 16
        let words = (UInt32(length).bigEndian, stream.rawValue.bigEndian, tail.bigEndian)
        Swift.withUnsafeBytes(of: words) { append(contentsOf: $0) }
    }

    mutating func appendFrame(
        _ type: FrameType, flags: UInt8 = 0, stream: StreamID, payload: some Collection<UInt8>
    ) {
        appendFrameHeader(type, flags: flags, stream: stream, length: payload.count)
        append(contentsOf: payload)
    }

    mutating func appendBigEndian(_ number: UInt32) {
        Swift.withUnsafeBytes(of: number.bigEndian) { append(contentsOf: $0) }
    }
}

extension ArraySlice<UInt8> {
    /// The big-endian 32-bit number at a distance from the start; the caller has checked the count.
    func bigEndian32(at offset: Int) -> UInt32 {
        let start = startIndex + offset
        return UInt32(self[start]) << 24 | UInt32(self[start + 1]) << 16
            | UInt32(self[start + 2]) << 8 | UInt32(self[start + 3])
    }
}

/// What makes a connection useless: which rule the peer broke, and how.
public struct ConnectionError: Error, Equatable, Sendable {
    public let code: ErrorCode
    public let message: String

    public init(_ code: ErrorCode, _ message: String) {
        self.code = code
        self.message = message
    }
}
