internal import Foundation
internal import GRDB

/// Under which an answer is kept, so that a repeated request gets it again.
public struct IdempotencyKey: Sendable, Equatable {
    /// Who asked.
    public var principal: String
    /// `/package.Service/Method`
    public var method: String
    /// The client's own word, 1 to 128 bytes.
    public var key: String
    /// Of the encoded request, hexadecimal.
    public var requestSHA256: String
    /// When the coordinator received the request; milliseconds since 1970.
    public var receivedAtMilliseconds: Int64

    public init(
        principal: String, method: String, key: String, requestSHA256: String,
        receivedAtMilliseconds: Int64
    ) {
        self.principal = principal
        self.method = method
        self.key = key
        self.requestSHA256 = requestSHA256
        self.receivedAtMilliseconds = receivedAtMilliseconds
    }
}

/// How long and how large answers are kept under idempotency keys.
public enum IdempotencyLimits {
    public static let keptMilliseconds: Int64 = 7 * 86_400_000
    public static let replyBytes = 256 << 10
    public static let keyBytes = 128
    /// Old answers that one write clears away.
    static let clearedAtOnce = 64
}

/// What the store has under a key.
public enum KeptReply: Sendable, Equatable {
    case none
    case reply([UInt8])
    /// The key was used for another request.
    case otherRequest
}

extension ReadScope {
    /// The answer given under this key in the last seven days.
    public func keptReply(_ key: IdempotencyKey) throws -> KeptReply {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT request_sha256, reply FROM idempotent_replies
                WHERE principal = ? AND method = ? AND key = ? AND saved_at_ms > ?
                """,
            arguments: [
                key.principal, key.method, key.key,
                key.receivedAtMilliseconds - IdempotencyLimits.keptMilliseconds,
            ])
        guard let row else { return .none }
        guard row[0] as String == key.requestSHA256 else { return .otherRequest }
        return .reply(Array(row[1] as Data))
    }
}

extension WriteScope {
    /// Keeps the answer with what it tells of: both are in the store, or neither.
    public func keep(_ reply: [UInt8], under key: IdempotencyKey) throws {
        guard reply.count <= IdempotencyLimits.replyBytes else {
            throw StoreFailure(
                .other,
                "the answer has \(reply.count) bytes, at most \(IdempotencyLimits.replyBytes) can be "
                    + "kept under an idempotency key", hint: "ask without a key")
        }
        try db.execute(
            sql: """
                DELETE FROM idempotent_replies WHERE (principal, method, key) IN (
                    SELECT principal, method, key FROM idempotent_replies
                    WHERE saved_at_ms <= ? ORDER BY saved_at_ms LIMIT ?)
                """,
            arguments: [
                key.receivedAtMilliseconds - IdempotencyLimits.keptMilliseconds,
                IdempotencyLimits.clearedAtOnce,
            ])
        try db.execute(
            sql: """
                INSERT OR REPLACE INTO idempotent_replies
                    (principal, method, key, request_sha256, reply, saved_at_ms)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                key.principal, key.method, key.key, key.requestSHA256, Data(reply),
                key.receivedAtMilliseconds,
            ])
    }
}
