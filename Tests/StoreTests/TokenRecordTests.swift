import Foundation
import Testing

@testable import Store

/// Tokens as they are kept: by digest, each name and each secret once.
@Suite struct TokenRecordTests {
    @Test func aTokenIsKeptOnceAndRevokedOnce() async throws {
        let folder = NSTemporaryDirectory() + "caodiem-token-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        _ = try Schema.migrate(path: folder + "/store.sqlite")
        let store = try Store.open(path: folder + "/store.sqlite")
        var token = StoredToken(
            name: "an", sha256: String(repeating: "a", count: 64), role: "officer",
            scope: "officers", createdAtMilliseconds: 1, createdBy: "uid:0",
            expiresAtMilliseconds: 2)
        token.units = ["VC", "NN"]
        token.officers = ["CHV 1"]
        token.methods = ["/a.A/Do"]
        token.unmasks = true
        let first = token
        var other = token
        other.sha256 = String(repeating: "b", count: 64)
        var sameSecret = token
        sameSecret.name = "binh"
        let (again, copied) = (other, sameSecret)
        #expect(try await store.write { try $0.keep(first) })
        #expect(try await store.write { try $0.keep(again) } == false)
        #expect(try await store.write { try $0.keep(copied) } == false)
        #expect(try await store.read { try $0.accessTokens() } == [first])
        let revoke: @Sendable (WriteScope) throws -> Bool = { scope in
            try scope.revokeToken("an", by: "uid:0", atMilliseconds: 5)
        }
        #expect(try await store.write(revoke))
        #expect(try await store.write(revoke) == false)
        let kept = try await store.read { try $0.accessTokens() }
        #expect(kept.first?.revokedAtMilliseconds == 5 && kept.first?.revokedBy == "uid:0")
    }
}
