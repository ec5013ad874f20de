import Crypto

/// SHA-256 as lower-case hex, whole or in pieces.
public enum Digests {
    /// The 64 hex digits of the bytes' SHA-256.
    public static func sha256(of bytes: some Sequence<UInt8>) -> String {
        var hasher = SHA256Hasher()
        hasher.update(bytes)
        return hasher.hex()
    }

    /// The 32 bytes of the bytes' SHA-256.
    public static func sha256Bytes(of bytes: some Sequence<UInt8>) -> [UInt8] {
        var hasher = SHA256Hasher()
        hasher.update(bytes)
        return hasher.bytes()
    }

    /// Two lower-case hex digits a byte.
    public static func hex(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}

/// A SHA-256 that is fed piece by piece; the same bytes give the same digest however they are cut.
public struct SHA256Hasher: Sendable {
    private var state = SHA256()

    public init() {}

    public mutating func update(_ bytes: some Sequence<UInt8>) {
        let done: Void? = bytes.withContiguousStorageIfAvailable {
            state.update(bufferPointer: UnsafeRawBufferPointer($0))
        }
        if done == nil { state.update(data: Array(bytes)) }
    }

    /// The digest of what was fed so far; feeding may go on.
    public func bytes() -> [UInt8] { Array(state.finalize()) }

    /// The digest of what was fed so far, as 64 hex digits; feeding may go on.
    public func hex() -> String { Digests.hex(state.finalize()) }
}
