internal import Foundation
internal import GRPCCore
internal import Wire

/// Metadata between HTTP/2 headers and CDP/1 entries. Values of `-bin` keys are base64 on the HTTP/2 side
/// alone; order and duplicate keys are kept.
enum MetadataMapping {
    /// What of a client's headers goes on to the fleet.
    ///
    /// Not passed on: pseudo headers and headers of HTTP/2 itself, `grpc-*`, `authorization` (the
    /// gateway signs in with it, and workers shall not see it), and `caodiem-*`, which only the coordinator stamps,
    /// but for the idempotency key.
    ///
    /// - Throws: INTERNAL when the value of a `-bin` key is no base64.
    static func entries(of metadata: Metadata) throws(Failure) -> [WireV1.MetadataEntry] {
        var entries: [WireV1.MetadataEntry] = []
        for (key, value) in metadata where passesInward(key) {
            switch value {
            case .binary(let bytes): entries.append(entry(key, bytes))
            case .string(let text) where key.hasSuffix("-bin"):
                for part in text.split(separator: ",", omittingEmptySubsequences: false) {
                    entries.append(entry(key, try decoded(part, key)))
                }
            case .string(let text): entries.append(entry(key, Array(text.utf8)))
            }
        }
        return entries
    }

    /// What of a worker's metadata goes out to the client: `grpc-*` is reserved but for the pause before a
    /// retry, and text that HTTP/2 cannot carry is left out.
    static func headers(of entries: [WireV1.MetadataEntry]) -> Metadata {
        var metadata = Metadata()
        for entry in entries where passesOutward(entry.key) {
            if entry.key.hasSuffix("-bin") {
                metadata.addBinary(entry.value, forKey: entry.key)
            } else if entry.value.allSatisfy({ (0x20...0x7E).contains($0) }) {
                metadata.addString(
                    String(decoding: entry.value, as: UTF8.self), forKey: entry.key)
            }
        }
        return metadata
    }

    private static func passesInward(_ key: String) -> Bool {
        if key == "caodiem-idempotency-key" { return true }
        return !key.hasPrefix(":") && !key.hasPrefix("grpc-") && !key.hasPrefix("caodiem-")
            && !ownOfHTTP.contains(key)
    }

    private static func passesOutward(_ key: String) -> Bool {
        if key == "grpc-retry-pushback-ms" { return true }
        return !key.isEmpty && key.utf8.allSatisfy(isKeyByte) && !key.hasPrefix("grpc-")
            && !ownOfHTTP.contains(key)
    }

    private static let ownOfHTTP: Set<String> = [
        "authorization", "connection", "content-length", "content-type", "host", "keep-alive",
        "proxy-connection", "te", "transfer-encoding", "upgrade", "user-agent",
    ]

    private static func isKeyByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    /// Base64 with or without its padding, as gRPC asks of receivers.
    private static func decoded(_ text: Substring, _ key: String) throws(Failure) -> [UInt8] {
        let bare = text.trimmingCharacters(in: CharacterSet(charactersIn: " ="))
        let padded = bare + String(repeating: "=", count: (4 - bare.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: padded) else {
            throw Failure(
                .internal, "the value of the metadata '\(key.prefix(80))' is no base64",
                hint: "values of keys that end in -bin are base64 in HTTP/2")
        }
        return Array(data)
    }

    private static func entry(_ key: String, _ value: [UInt8]) -> WireV1.MetadataEntry {
        .with {
            $0.key = key
            $0.value = value
        }
    }
}
