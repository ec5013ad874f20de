public import Wire

/// An access token as it is kept: its secret's digest, and what it opens.
public struct KeptToken: Sendable, Equatable {
    public var message: AdminV1.AccessToken
    /// SHA-256 of the 32 bytes of the secret, 64 hex digits.
    public var sha256: String

    public init(_ message: AdminV1.AccessToken, sha256: String) {
        self.message = message
        self.sha256 = sha256
    }
}

/// Where tokens are kept; the coordinator's main passes one that lives in the store. Each change stands in the
/// audit trail in the same transaction.
public protocol TokenKeeping: Sendable {
    func tokens() async throws -> [KeptToken]
    /// - Returns: false when there is, or was, one of that name.
    func keep(_ token: KeptToken) async throws -> Bool
    func revoke(_ name: String, by principal: String, atMilliseconds: Int64) async throws
}
