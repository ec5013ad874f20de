internal import Transport
public import Wire

/// The audit trail as the coordinator needs it; its main passes one that lives in the store.
public protocol AuditTrail: Sendable {
    func verify(_ request: AdminV1.VerifyAuditRequest) async throws -> AdminV1.VerifyAuditReply
    /// Entries after a number, oldest first, at most so many.
    func entries(after number: UInt64, limit: Int) async throws -> [AdminV1.AuditEntry]
    /// Appends what an operator did or was refused. Number, previous and digest are the trail's to set.
    func record(_ entry: AdminV1.AuditEntry) async throws
}

/// `caodiem.admin.v1.Audit`, served by the coordinator itself.
struct AuditService: Sendable {
    let trail: any AuditTrail

    /// Entries read at once.
    static let page = 500

    func table() -> ServiceTable {
        var table = ServiceTable()
        table.register(AdminV1.Audit.verify) { request, _ in
            try AuditService.checkHead(request.head)
            return try await reading { try await trail.verify(request) }
        }
        table.registerStreaming(AdminV1.Audit.list) { request, _, writer in
            var (last, left) = (request.after, request.limit == 0 ? Int.max : Int(request.limit))
            while left > 0 {
                let (after, limit) = (last, min(left, AuditService.page))
                let page = try await reading {
                    try await trail.entries(after: after, limit: limit)
                }
                for entry in page { try await writer.write(entry) }
                guard let end = page.last, page.count == limit else { return }
                last = end.number
                left -= page.count
            }
        }
        return table
    }

    private static func checkHead(_ head: String) throws(Failure) {
        let isDigest = head.utf8.count == 64 && head.allSatisfy { $0.isHexDigit && !$0.isUppercase }
        guard head.isEmpty || isDigest else {
            throw Failure(
                .invalidArgument, "“\(head.prefix(80))” không phải là mã băm của chuỗi nhật ký",
                field: "head", hint: "dùng giá trị head mà lệnh audit verify đã in: 64 chữ số hex")
        }
    }

    private func reading<Reply: Sendable>(
        _ body: () async throws -> Reply
    ) async throws(Failure) -> Reply {
        do {
            return try await body()
        } catch {
            throw Failure(
                .unavailable, "the audit trail cannot be read: \(error)",
                hint: "see the coordinator's log; caodiem status", retryable: true)
        }
    }
}
