internal import Crypto
internal import Foundation

/// Why sealed bytes cannot be opened.
public enum SealProblem: Error, Sendable, Equatable {
    /// The key is not 32 bytes long.
    case badKey
    /// The first bytes are not those of a sealed file.
    case notSealed
    /// It was sealed with another key.
    case otherKey
    /// A chunk was altered, moved, taken out or put in, or the last one is missing.
    case damaged
}

/// The head of a sealed file, in the clear; every chunk's key depends on all of it, so that none of it can be
/// changed unseen.
///
/// 64 bytes: the words `CaoDiem sealed 1`, milliseconds since 1970 (8 bytes, big-endian), salt (24 bytes), mark of the
/// key (8 bytes), plain bytes of a chunk (4 bytes, big-endian), 4 zero bytes.
public struct SealHead: Sendable, Equatable {
    public static let size = 64
    /// Bytes that ChaCha20-Poly1305 adds to each chunk.
    public static let tagSize = 16
    /// Plain bytes of every chunk but the last.
    public static let chunkSize = 64 * 1024
    static let magic = Array("CaoDiem sealed 1".utf8)

    public let bytes: [UInt8]
    /// When it was sealed, in milliseconds since 1970.
    public let madeAtMilliseconds: Int64

    /// The head of a new file.
    init(madeAtMilliseconds: Int64, salt: [UInt8], mark: [UInt8]) {
        var bytes = SealHead.magic
        bytes += SealHead.bigEndian(UInt64(bitPattern: madeAtMilliseconds))
        bytes += salt + mark
        bytes += SealHead.bigEndian(UInt64(SealHead.chunkSize) << 32)
        self.bytes = bytes
        self.madeAtMilliseconds = madeAtMilliseconds
    }

    /// The head that a file begins with.
    public init(reading bytes: [UInt8]) throws(SealProblem) {
        guard SealHead.isSealed(bytes), bytes.count == SealHead.size,
            bytes[56...] == SealHead.bigEndian(UInt64(SealHead.chunkSize) << 32)[...]
        else { throw .notSealed }
        self.bytes = bytes
        madeAtMilliseconds = Int64(
            bitPattern: bytes[16..<24].reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }

    /// Whether a file that begins so is a sealed one.
    public static func isSealed(_ beginning: [UInt8]) -> Bool { beginning.starts(with: magic) }

    var salt: [UInt8] { Array(bytes[24..<48]) }
    var mark: [UInt8] { Array(bytes[48..<56]) }

    static func bigEndian(_ number: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * UInt64($0))) }
    }
}

/// Seals or opens the chunks of one file in their order, with ChaCha20-Poly1305: the nonce is the chunk's number and
/// whether it is the last, so a chunk that was moved, left out or cut off does not open.
public struct ChunkSeal: Sendable {
    /// Bytes of a key.
    public static let keySize = 32

    public let head: SealHead
    private let key: SymmetricKey
    private var number: UInt64 = 0

    /// For a new file.
    public init(key: [UInt8], madeAtMilliseconds: Int64) throws(SealProblem) {
        guard key.count == ChunkSeal.keySize else { throw .badKey }
        var random = SystemRandomNumberGenerator()
        let salt = (0..<24).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        head = SealHead(
            madeAtMilliseconds: madeAtMilliseconds, salt: salt,
            mark: ChunkSeal.derived(key, salt: salt, info: Array("key mark".utf8), count: 8))
        self.key = SymmetricKey(
            data: ChunkSeal.derived(key, salt: salt, info: head.bytes, count: 32))
    }

    /// For a file that was sealed.
    public init(key: [UInt8], head: SealHead) throws(SealProblem) {
        guard key.count == ChunkSeal.keySize else { throw .badKey }
        self.head = head
        let mark = ChunkSeal.derived(key, salt: head.salt, info: Array("key mark".utf8), count: 8)
        guard mark == head.mark else { throw .otherKey }
        self.key = SymmetricKey(
            data: ChunkSeal.derived(key, salt: head.salt, info: head.bytes, count: 32))
    }

    /// The next chunk sealed: as many bytes and a tag.
    public mutating func seal(_ plain: [UInt8], isLast: Bool) throws(SealProblem) -> [UInt8] {
        let nonce = try nextNonce(isLast: isLast)
        do {
            let box = try ChaChaPoly.seal(plain, using: key, nonce: nonce)
            return Array(box.ciphertext) + Array(box.tag)
        } catch { throw .damaged }
    }

    /// The next chunk's plain bytes.
    public mutating func open(_ sealed: [UInt8], isLast: Bool) throws(SealProblem) -> [UInt8] {
        guard sealed.count >= SealHead.tagSize else { throw .damaged }
        let nonce = try nextNonce(isLast: isLast)
        do {
            let box = try ChaChaPoly.SealedBox(
                nonce: nonce, ciphertext: sealed.dropLast(SealHead.tagSize),
                tag: sealed.suffix(SealHead.tagSize))
            return Array(try ChaChaPoly.open(box, using: key))
        } catch { throw .damaged }
    }

    private mutating func nextNonce(isLast: Bool) throws(SealProblem) -> ChaChaPoly.Nonce {
        let bytes = [UInt8](repeating: 0, count: 3) + [isLast ? 1 : 0] + SealHead.bigEndian(number)
        number += 1
        do { return try ChaChaPoly.Nonce(data: bytes) } catch { throw .damaged }
    }

    private static func derived(
        _ key: [UInt8], salt: [UInt8], info: [UInt8], count: Int
    ) -> [UInt8] {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: key), salt: salt, info: info,
            outputByteCount: count
        ).withUnsafeBytes { Array($0) }
    }
}
