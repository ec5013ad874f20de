import Foundation

/// What a backup holds: the first file in it, `manifest.json`.
struct Manifest: Codable, Equatable, Sendable {
    static let name = "manifest.json"
    static let schemaName = "caodiem.backup/1"
    /// A manifest of more bytes is none.
    static let longest = 256 << 20

    var schema = Manifest.schemaName
    var madeAt: String
    var madeAtMilliseconds: Int64
    /// Product and version that made it.
    var software: String
    var storeSchema: Int
    /// The last change in the store.
    var change: Int64
    var auditEntries: Int64
    var auditHead: String
    /// Imports whose file was not there or not as it came when the backup was made, by digest.
    var missingOriginals: [String]
    var files: [File]
    /// Of a piece of a continuous copy only.
    var segment: Segment?

    /// A piece of a continuous copy: the pages of the store that changed since the piece before.
    struct Segment: Codable, Equatable, Sendable {
        /// 0 holds all pages.
        var number: Int
        var pageSize: Int
        var pageCount: Int
        /// Digest over the pages of the whole store, as it stands with this piece.
        var storeDigest: String
        /// That of the piece before; empty of the first.
        var previous: String
    }

    struct File: Codable, Equatable, Sendable {
        var name: String
        var size: Int64
        var sha256: String
    }

    func bytes() throws -> [UInt8] { try Answers.bytes(self) }

    init(reading bytes: [UInt8]) throws {
        self = try Answers.decoder.decode(Manifest.self, from: Data(bytes))
    }

    init(
        madeAtMilliseconds: Int64, software: String, storeSchema: Int, change: Int64,
        auditEntries: Int64, auditHead: String, missingOriginals: [String], files: [File]
    ) {
        madeAt = Answers.moment(madeAtMilliseconds)
        self.madeAtMilliseconds = madeAtMilliseconds
        self.software = software
        self.storeSchema = storeSchema
        self.change = change
        self.auditEntries = auditEntries
        self.auditHead = auditHead
        self.missingOriginals = missingOriginals
        self.files = files
    }
}

/// How answers are spelled: snake_case keys in their order of the alphabet, moments in Vietnam's time.
enum Answers {
    static var decoder: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return decoder
    }

    static func bytes(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value))
    }

    /// `2021-05-31T08:15:00.000+07:00`
    static func moment(_ milliseconds: Int64) -> String {
        let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
        return date.formatted(
            Date.ISO8601FormatStyle(
                includingFractionalSeconds: true,
                timeZone: TimeZone(secondsFromGMT: 7 * 3600) ?? .gmt))
    }
}
