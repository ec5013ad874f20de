import Coordination
import Store
import Wire

/// The audit trail of the store, as the coordinator serves it.
extension FleetStore: AuditTrail {
    func verify(_ request: AdminV1.VerifyAuditRequest) async throws -> AdminV1.VerifyAuditReply {
        let noted = request.head.isEmpty ? nil : request.head
        let state = try await store().read { try $0.verifyAudit(noted: noted) }
        return .with {
            $0.entries = UInt64(clamping: state.entries)
            $0.head = state.head
            $0.status = state.broken == nil ? "intact" : "broken"
            $0.firstBroken = UInt64(clamping: state.broken?.entry ?? 0)
            $0.reason = state.broken?.reason.rawValue ?? ""
        }
    }

    func entries(after number: UInt64, limit: Int) async throws -> [AdminV1.AuditEntry] {
        try await store().read { scope in
            try scope.auditEntries(after: Int64(clamping: number), limit: limit)
        }.map(\.message)
    }

    func record(_ entry: AdminV1.AuditEntry) async throws {
        let act = AuditedAct(
            entry.action, AuditOutcome(rawValue: entry.outcome) ?? .refused,
            subject: entry.subject, detail: entry.detail)
        let stamp = ChangeStamp(
            principal: entry.principal, requestID: entry.requestID,
            receivedAtMilliseconds: entry.atMilliseconds)
        _ = try await store().write { scope in try scope.record(act, stamp: stamp).number }
    }
}

extension AuditEntry {
    fileprivate var message: AdminV1.AuditEntry {
        .with {
            $0.number = UInt64(clamping: number)
            $0.atMilliseconds = stamp.receivedAtMilliseconds
            $0.principal = stamp.principal
            $0.requestID = stamp.requestID
            $0.action = act.action
            $0.outcome = act.outcome.rawValue
            $0.subject = act.subject
            $0.change = UInt64(clamping: act.change ?? 0)
            $0.detail = act.detail
            $0.previous = previous
            $0.digest = digest
        }
    }
}
