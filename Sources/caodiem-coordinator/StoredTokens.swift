import Coordination
import Store
import Wire

/// Access tokens in the store. Each change and its entry in the audit trail stand in one transaction.
extension FleetStore: TokenKeeping {
    func tokens() async throws -> [KeptToken] {
        try await store().read { try $0.accessTokens() }.map { stored in
            KeptToken(stored.message, sha256: stored.sha256)
        }
    }

    func keep(_ token: KeptToken) async throws -> Bool {
        let stored = StoredToken(token)
        let scope = ([stored.role] + stored.units + stored.officers).joined(separator: " ")
        let act = AuditedAct("token.create", .done, subject: "token:\(stored.name)", detail: scope)
        let stamp = ChangeStamp(
            principal: stored.createdBy, requestID: "",
            receivedAtMilliseconds: stored.createdAtMilliseconds)
        return try await store().write { scope in
            guard try scope.keep(stored) else { return false }
            _ = try scope.record(act, stamp: stamp)
            return true
        }
    }

    func revoke(_ name: String, by principal: String, atMilliseconds: Int64) async throws {
        let act = AuditedAct("token.revoke", .done, subject: "token:\(name)", detail: "")
        let stamp = ChangeStamp(
            principal: principal, requestID: "", receivedAtMilliseconds: atMilliseconds)
        try await store().write { scope in
            guard try scope.revokeToken(name, by: principal, atMilliseconds: atMilliseconds) else {
                return
            }
            _ = try scope.record(act, stamp: stamp)
        }
    }
}

extension StoredToken {
    fileprivate init(_ token: KeptToken) {
        let (message, grant) = (token.message, token.message.grant)
        let scope = grant?.scope
        self.init(
            name: message.name, sha256: token.sha256, role: grant?.role ?? "",
            scope: scope?.kind ?? "", createdAtMilliseconds: message.createdAtMs,
            createdBy: message.createdBy, expiresAtMilliseconds: message.expiresAtMs)
        units = scope?.units ?? []
        officers = scope?.officers ?? []
        unmasks = grant?.unmask ?? false
        methods = grant?.methods ?? []
    }

    fileprivate var message: AdminV1.AccessToken {
        .with {
            $0.name = name
            $0.grant = .with {
                $0.role = role
                $0.scope = .with {
                    $0.kind = scope
                    $0.units = units
                    $0.officers = officers
                }
                $0.unmask = unmasks
                $0.methods = methods
                $0.place = "token \(name)"
            }
            $0.createdAtMs = createdAtMilliseconds
            $0.createdBy = createdBy
            $0.expiresAtMs = expiresAtMilliseconds
            $0.revokedAtMs = revokedAtMilliseconds ?? 0
            $0.revokedBy = revokedBy ?? ""
        }
    }
}
