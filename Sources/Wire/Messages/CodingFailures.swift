/// Why bytes are not the message that they were taken for.
public struct DecodingFailure: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kind of failure.
    public enum Reason: Equatable, Sendable {
        /// Not protobuf, or a field has another wire type than the schema says.
        case malformed
        /// Unpacking would take more memory than `CodecLimits` grants to that many bytes.
        case budget
        /// A string field, by its full name, is not UTF-8 or holds a NUL.
        case invalidText(field: String)
    }

    public let reason: Reason
    /// What is wrong, where, and what to do next; holds no content of the message.
    public let message: String

    public init(reason: Reason, message: String) {
        self.reason = reason
        self.message = message
    }

    public var description: String { message }
}

/// Why a message cannot be put into bytes.
public struct EncodingFailure: Error, Equatable, Sendable, CustomStringConvertible {
    /// The kind of failure.
    public enum Reason: Equatable, Sendable {
        /// A string field, by its full name, holds a NUL; every peer would refuse it.
        case invalidText(field: String)
        /// Over `CodecLimits.maximumMessageBytes`, what protobuf itself can carry.
        case tooLarge(bytes: Int)
    }

    public let reason: Reason
    /// What is wrong, where, and what to do next; holds no content of the message.
    public let message: String

    public init(reason: Reason, message: String) {
        self.reason = reason
        self.message = message
    }

    public var description: String { message }
}

/// The codec's limits, all in bytes.
public enum CodecLimits {
    /// Memory granted for unpacking, per byte of payload: honest messages stay well below it, a
    /// run of empty submessages would take 64.
    public static let unpackedBytesPerPayloadByte = 8
    /// Memory granted for unpacking however small the payload is.
    public static let minimumUnpackedBytes = 64 << 10
    /// The longest message that protobuf defines; calls have far lower limits of their own.
    public static let maximumMessageBytes = Int(Int32.max)

    /// The memory that unpacking `count` bytes may take.
    public static func unpackBudget(forPayload count: Int) -> Int {
        let (product, overflow) = count.multipliedReportingOverflow(by: unpackedBytesPerPayloadByte)
        return overflow ? Int.max : max(product, minimumUnpackedBytes)
    }
}
