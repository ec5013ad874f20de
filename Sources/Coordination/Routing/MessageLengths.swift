import Wire

/// Follows the messages of one half of a stream by the lengths that their prefixes announce; keeps
/// nothing of them.
struct MessageLengths: Sendable {
    /// The largest message that the far side takes, bytes.
    let limit: Int
    private var prefix: [UInt8] = []
    /// Bytes of the message that are still to come.
    private var left = 0

    init(limit: Int) { self.limit = limit }

    /// RESOURCE_EXHAUSTED when these bytes announce a message over the limit; nil while all fit.
    mutating func excess(in bytes: ArraySlice<UInt8>) -> Failure? {
        var rest = bytes
        while !rest.isEmpty {
            if left > 0 {
                let part = min(left, rest.count)
                left -= part
                rest = rest.dropFirst(part)
                continue
            }
            let part = rest.prefix(MessageAssembler.prefixSize - prefix.count)
            prefix.append(contentsOf: part)
            rest = rest.dropFirst(part.count)
            guard prefix.count == MessageAssembler.prefixSize else { return nil }
            left = prefix[1...].reduce(0) { $0 << 8 | Int($1) }
            prefix.removeAll(keepingCapacity: true)
            guard left <= limit else {
                return Failure(
                    .resourceExhausted,
                    "a message of \(left) bytes is over the limit of \(limit) of its receiver")
            }
        }
        return nil
    }
}
