/// Puts together the messages of one half of a stream: `flag8 length32 message`, split anywhere.
public struct MessageAssembler: Sendable {
    private let limit: Int
    /// Of a prefix that was split.
    private var prefix: [UInt8] = []
    private var body: [UInt8] = []
    private var announced: Int?
    /// Mostly one message waits at a time, and that takes no array.
    private var oldest: [UInt8]?
    private var whole: [[UInt8]] = []
    private var wholeHead = 0

    /// - Parameter limit: the largest message taken, bytes without the prefix.
    public init(limit: Int) {
        self.limit = limit
    }

    /// Bytes of the prefix before each message.
    public static let prefixSize = 5

    /// Bytes still to come for the message that has begun, prefix included; 0 between messages.
    public var missing: Int {
        if let announced { return announced - body.count }
        return prefix.isEmpty ? 0 : MessageAssembler.prefixSize - prefix.count
    }

    /// Takes in DATA. An oversized message is refused at its prefix, before any of it is kept.
    public mutating func feed(_ bytes: ArraySlice<UInt8>) throws(Failure) {
        var rest = bytes
        while !rest.isEmpty {
            guard let length = announced else {
                if prefix.isEmpty, let message = try takeWhole(&rest) {
                    add(message)
                    continue
                }
                let part = rest.prefix(MessageAssembler.prefixSize - prefix.count)
                prefix.append(contentsOf: part)
                rest = rest.dropFirst(part.count)
                if prefix.count == MessageAssembler.prefixSize { try begin() }
                continue
            }
            let part = rest.prefix(length - body.count)
            body.append(contentsOf: part)
            rest = rest.dropFirst(part.count)
            if body.count == length { complete() }
        }
    }

    /// The first message of the bytes, when it is there to its end: one copy, and nothing kept.
    private func takeWhole(_ rest: inout ArraySlice<UInt8>) throws(Failure) -> [UInt8]? {
        guard rest.count >= MessageAssembler.prefixSize else { return nil }
        let length = try checkedLength(rest)
        let size = MessageAssembler.prefixSize + length
        guard rest.count >= size else { return nil }
        let start = rest.startIndex
        defer { rest = rest[(start + size)...] }
        return Array(rest[(start + MessageAssembler.prefixSize)..<(start + size)])
    }

    /// The oldest whole message, taken out; nil when there is none.
    public mutating func next() -> [UInt8]? {
        guard let message = oldest else { return nil }
        oldest = nil
        guard wholeHead < whole.count else { return message }
        oldest = whole[wholeHead]
        whole[wholeHead] = []
        wholeHead += 1
        if wholeHead == whole.count {
            whole.removeAll(keepingCapacity: true)
            wholeHead = 0
        }
        return message
    }

    private mutating func add(_ message: [UInt8]) {
        if oldest == nil { oldest = message } else { whole.append(message) }
    }

    /// The length that a prefix announces.
    private func checkedLength(_ prefix: ArraySlice<UInt8>) throws(Failure) -> Int {
        guard prefix.first == 0 else {
            throw Failure(
                .unimplemented, "a message is compressed; this protocol version takes none",
                hint: "send messages with the compression flag 0")
        }
        let length = Int(prefix.bigEndian32(at: 1))
        guard length <= limit else {
            throw Failure(
                .resourceExhausted, "a message of \(length) bytes is over the limit of \(limit)")
        }
        return length
    }

    private mutating func begin() throws(Failure) {
        let length = try checkedLength(prefix[...])
        prefix.removeAll(keepingCapacity: true)
        announced = length
        body = []
        if length == 0 { complete() } else { body.reserveCapacity(min(length, 256 << 10)) }
    }

    private mutating func complete() {
        add(body)
        body = []
        announced = nil
    }

    /// A message with its prefix, ready for DATA.
    public static func framed(_ message: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(prefixSize + message.count)
        appendFramed(message, to: &bytes)
        return bytes
    }

    /// Adds a message with its prefix to others.
    public static func appendFramed(_ message: [UInt8], to bytes: inout [UInt8]) {
        bytes.append(0)
        bytes.appendBigEndian(UInt32(message.count))
        bytes.append(contentsOf: message)
    }
}
