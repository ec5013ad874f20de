import Digests
import Glibc

/// The key of encrypted backups, kept in a file that only its owner can read: 64 hex digits on one line.
enum KeyFile {
    static let remedy = Wording(
        "tạo khóa bằng caodiem backup keygen TỆP và giữ một bản ở nơi khác",
        "make one with caodiem backup keygen FILE and keep a copy elsewhere")
    private static let longest = 4096

    static func read(_ path: String) throws -> [UInt8] {
        let descriptor = try Files.opened(path)
        defer { close(descriptor) }
        var state = stat()
        guard fstat(descriptor, &state) == 0, state.st_mode & 0o077 == 0 else {
            throw OfflineProblem(
                "PERMISSION",
                Wording(
                    "tệp khóa \(path) mở cho người khác", "the key file \(path) is open to others"),
                place: path, remedy: Wording("chmod 600 \(path)", "chmod 600 \(path)"))
        }
        let bytes = try Files.read(longest, from: descriptor, path)
        guard let key = parsed(bytes) else {
            throw OfflineProblem(
                "BAD_KEY",
                Wording(
                    "tệp khóa \(path) không có 64 chữ số thập lục phân",
                    "the key file \(path) does not hold 64 hex digits"),
                place: path, remedy: remedy)
        }
        return key
    }

    /// Writes a fresh key to a file that is not there yet.
    static func make(_ path: String) throws {
        var random = SystemRandomNumberGenerator()
        let key = (0..<ChunkSeal.keySize).map { _ in
            UInt8.random(in: .min ... .max, using: &random)
        }
        let descriptor = try Files.created(path)
        defer { close(descriptor) }
        try Files.write(Array((Digests.hex(key) + "\n").utf8), to: descriptor, path)
        try Files.sync(descriptor, path)
        try Files.syncFolder(Files.parent(of: path))
    }

    static func parsed(_ bytes: [UInt8]) -> [UInt8]? {
        let blanks: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
        let text = Array(bytes.drop { blanks.contains($0) }.reversed().drop { blanks.contains($0) })
            .reversed().map(\.hexValue)
        guard text.count == 2 * ChunkSeal.keySize else { return nil }
        var key: [UInt8] = []
        for place in stride(from: 0, to: text.count, by: 2) {
            guard let high = text[place], let low = text[place + 1] else { return nil }
            key.append(high << 4 | low)
        }
        return key
    }
}

extension UInt8 {
    fileprivate var hexValue: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46: self - 0x41 + 10
        case 0x61...0x66: self - 0x61 + 10
        default: nil
        }
    }
}
