import Glibc
import Reflection
import Wire

/// What `--data` stands for.
enum CallMessage {
    /// The JSON itself, that of a file after `@`, or that of standard input after `@-`.
    static func json(_ text: String) throws(Trouble) -> [UInt8] {
        guard text.hasPrefix("@") else { return Array(text.utf8) }
        let path = String(text.dropFirst())
        if path == "-" { return try content(of: STDIN_FILENO, path) }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(path, errno) }
        defer { close(descriptor) }
        return try content(of: descriptor, path)
    }

    private static func content(of descriptor: Int32, _ path: String) throws(Trouble) -> [UInt8] {
        var content: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: Limits.chunkBytes)
        while true {
            let count = read(descriptor, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .unreadable(path, errno) }
            guard count > 0 else { return content }
            content += piece[..<count]
            guard content.count <= Limits.callJSONBytes else {
                throw Trouble.usage(
                    CallMessageText.tooLarge(path, Limits.callJSONBytes), field: "--data")
            }
        }
    }
}

/// What `--metadata` stands for.
enum CallMetadata {
    /// - Parameter texts: each `key=value`.
    static func entries(_ texts: [String]) throws(Trouble) -> [WireV1.MetadataEntry] {
        var entries: [WireV1.MetadataEntry] = []
        for text in texts {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let key = String(parts[0])
            guard parts.count == 2, isKey(key), let value = value(String(parts[1]), of: key) else {
                throw Trouble.usage(
                    CallMessageText.badEntry(text), field: "--metadata",
                    hint: CallMessageText.entryHint)
            }
            entries.append(
                .with {
                    $0.key = key
                    $0.value = value
                })
        }
        return entries
    }

    /// gRPC's rule: lower-case letters, digits, `-`, `_`, `.`.
    private static func isKey(_ key: String) -> Bool {
        !key.isEmpty
            && key.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                    UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }

    private static func value(_ text: String, of key: String) -> [UInt8]? {
        key.hasSuffix("-bin") ? Base64.bytes(text) : Array(text.utf8)
    }
}

private enum CallMessageText {
    static func tooLarge(_ path: String, _ limit: Int) -> Phrase {
        Phrase("\(path) dài quá \(limit) byte", "\(path) is longer than \(limit) bytes")
    }
    static func badEntry(_ text: String) -> Phrase {
        Phrase("không hiểu siêu dữ liệu \(text)", "the metadata \(text) is not understood")
    }
    static let entryHint = Phrase(
        "viết khóa=giá trị, khóa chữ thường; khóa -bin lấy base64",
        "write key=value, the key in small letters; -bin keys take base64")
}
