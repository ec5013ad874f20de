/// Cuts incoming bytes, split anywhere, into the preface and frames.
///
/// A payload is a slice of the chunk that it came in, so a frame costs no copy. A header is judged
/// as soon as its twelve bytes are there; a bad length never makes the parser wait or allocate.
public struct FrameParser: Sendable {
    private var chunk: [UInt8] = []
    private var position = 0
    private var sawPreface: Bool
    private var sawFirstFrame = false
    private let maximumFrame: Int
    private let maximumHello: Int

    /// - Parameters:
    ///   - maximumFrame: the largest payload that our HELLO allows, bytes.
    ///   - maximumHello: the largest payload of the peer's first frame, bytes.
    ///   - expectsPreface: false when the preface was consumed by someone else.
    public init(maximumFrame: Int, maximumHello: Int, expectsPreface: Bool = true) {
        self.maximumFrame = maximumFrame
        self.maximumHello = maximumHello
        self.sawPreface = !expectsPreface
    }

    /// Takes in what a read gave.
    public mutating func feed(_ bytes: [UInt8]) {
        if position == chunk.count {
            chunk = bytes
        } else {
            if position > 0 { chunk.removeSubrange(..<position) }
            chunk.append(contentsOf: bytes)
        }
        position = 0
    }

    /// The next whole frame, or nil until more bytes are there.
    public mutating func next() throws(ConnectionError) -> Frame? {
        if !sawPreface {
            guard try takePreface() else { return nil }
        }
        while chunk.count - position >= Frame.headerSize {
            let header = FrameHeader(chunk, at: position)
            let length = try checkedLength(header)
            let type = try checkedType(header)
            let end = position + Frame.headerSize + length
            guard chunk.count >= end else { return nil }
            let payload = chunk[position + Frame.headerSize..<end]
            position = end
            guard let type else { continue }
            // NOTE may come before HELLO, whose limit stands until then.
            if type != .note { sawFirstFrame = true }
            let stream = StreamID(rawValue: header.stream)
            return Frame(type, flags: header.flags, stream: stream, payload: payload)
        }
        return nil
    }

    /// Where the bytes stopped, when the peer closes: nil between two frames.
    public var truncation: String? {
        let left = chunk.count - position
        if !sawPreface { return left == 0 ? nil : "inside the preface" }
        if left == 0 { return nil }
        return left < Frame.headerSize ? "inside a frame's header" : "inside a frame's payload"
    }

    /// Whether the peer has sent anything at all after its preface.
    public var isAtPreface: Bool { !sawPreface }

    private mutating func takePreface() throws(ConnectionError) -> Bool {
        let arrived = chunk[position...]
        guard zip(arrived, Frame.preface).allSatisfy({ $0 == $1 }) else {
            throw ConnectionError(.protocolError, PrefaceGuess.explain(arrived))
        }
        guard arrived.count >= Frame.preface.count else { return false }
        position += Frame.preface.count
        sawPreface = true
        return true
    }

    private func checkedLength(_ header: FrameHeader) throws(ConnectionError) -> Int {
        let length = Int(header.length)
        let limit = sawFirstFrame ? maximumFrame : maximumHello
        guard length <= limit else {
            throw ConnectionError(
                .frameSizeError, "a frame announces \(length) bytes, the limit is \(limit)")
        }
        return length
    }

    /// The type, or nil for one that may be skipped; flags, reserved bits and stream are checked.
    private func checkedType(_ header: FrameHeader) throws(ConnectionError) -> FrameType? {
        let (raw, stream) = (header.type, header.stream)
        guard stream <= StreamID.last.rawValue else {
            throw ConnectionError(.protocolError, "a frame has the top bit of its stream id set")
        }
        guard let type = FrameType(rawValue: raw) else {
            if raw >= 0x80 { return nil }
            throw ConnectionError(.protocolError, "frame type \(hex(raw)) is not known")
        }
        guard header.reserved == 0, header.flags & ~type.knownFlags == 0 else {
            throw ConnectionError(
                .protocolError, "a \(type) frame has flags or reserved bits set that v1 leaves 0")
        }
        guard type.isOfStream == (stream != 0) else {
            throw ConnectionError(.protocolError, "a \(type) frame names stream \(stream)")
        }
        return type
    }
}

/// The twelve bytes before a payload, as numbers.
private struct FrameHeader {
    let length: UInt32
    let stream: UInt32
    private let tail: UInt32

    var type: UInt8 { UInt8(truncatingIfNeeded: tail >> 24) }
    var flags: UInt8 { UInt8(truncatingIfNeeded: tail >> 16) }
    var reserved: UInt16 { UInt16(truncatingIfNeeded: tail) }

    /// The caller has checked that the bytes are there.
    init(_ bytes: [UInt8], at position: Int) {
        (length, stream, tail) = bytes.withUnsafeBytes { raw in
            func word(_ offset: Int) -> UInt32 {
                UInt32(
                    bigEndian: raw.loadUnaligned(
                        fromByteOffset: position + offset, as: UInt32.self))
            }
            return (word(0), word(4), word(8))
        }
    }
}

func hex(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return digits.count == 1 ? "0x0\(digits)" : "0x\(digits)"
}

/// Says in words what a peer sent instead of the preface.
enum PrefaceGuess {
    static func explain(_ bytes: ArraySlice<UInt8>) -> String {
        let shown = bytes.prefix(32)
        return
            "the peer does not speak CDP/1: its first bytes are \(quoted(shown)); \(guess(shown))"
    }

    private static func guess(_ bytes: ArraySlice<UInt8>) -> String {
        let first = bytes.first ?? 0
        if bytes.starts(with: [0x89, 0x43, 0x44, 0x50, 0x0A]) {
            return "line endings were changed on the way"
        }
        if bytes.starts(with: Array("PRI * HTTP/2".utf8)) {
            return "this looks like HTTP/2 or gRPC"
        }
        for word in ["GET ", "POST ", "PUT ", "HEAD ", "HTTP/", "OPTIONS "]
        where bytes.starts(with: Array(word.utf8)) {
            return "this looks like HTTP"
        }
        if first == 0x16 { return "this looks like TLS" }
        if first == 0x00 { return "this looks like ttrpc" }
        if bytes.allSatisfy({ $0 == 0x0A || $0 == 0x0D || $0 == 0x09 || (0x20...0x7E).contains($0) }
        ) {
            return "this looks like text printed to the protocol's descriptor"
        }
        return "connect to a socket of the coordinator"
    }

    private static func quoted(_ bytes: ArraySlice<UInt8>) -> String {
        var text = "\""
        for byte in bytes {
            switch byte {
            case 0x0A: text += "\\n"
            case 0x0D: text += "\\r"
            case 0x22: text += "\\\""
            case 0x20...0x7E: text.unicodeScalars.append(Unicode.Scalar(byte))
            default: text += "\\x" + hex(byte).dropFirst(2)
            }
        }
        return text + "\""
    }
}
