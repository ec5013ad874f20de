import Logging
import Transport
import Wire

/// What operators ask of plugins, fed to the fleet; what must outlast the coordinator is noted first.
struct OperatorOrders: Sendable {
    let fleet: Fleet
    /// nil when nothing is kept over restarts.
    let switches: (any PluginSwitches)?
    /// nil when nothing is told.
    let audit: (any AuditTrail)?

    func obey(
        _ request: AdminV1.OrderPluginRequest, by: String
    ) async throws(Failure) -> AdminV1.OrderPluginReply {
        guard let order = OperatorOrder(request.order) else {
            throw Failure(
                .invalidArgument, "no order is named", field: "order",
                hint: "orders: \(OperatorOrder.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let (id, why) = (request.id, request.reason)
        guard let before = await fleet.loop.run({ [fleet] in fleet.summary(id) }) else {
            throw Failure.unknownPlugin(id, known: await fleet.loop.run { [fleet] in fleet.ids })
        }
        guard why.utf8.count <= OperatorOrders.reasonBytes else {
            throw Failure(
                .invalidArgument, "a reason of \(why.utf8.count) bytes", field: "reason",
                hint: "say it in \(OperatorOrders.reasonBytes) bytes")
        }
        try await note(order, id, by: by, why: why)
        await tell(order, id, by: by, why: why)
        let isDone = await fed(order, id, by: by, why: why, waiting: request.wait)
        let after = await fleet.loop.run { [fleet] in fleet.summary(id) }
        guard isDone else {
            throw Failure(
                .deadlineExceeded, "plugin \(id) is still \(after?.state ?? "gone")",
                hint: "the order stands; see caodiem plugin show \(id)")
        }
        return .with {
            $0.before = before
            $0.after = after
        }
    }

    /// The longest reason, bytes.
    static let reasonBytes = 500

    /// Tells the audit trail of an order before it is obeyed. With a store that takes no entries the fleet can
    /// still be led: the order stands in the coordinator's log then.
    func tell(_ order: OperatorOrder, _ id: String, by: String, why: String) async {
        do {
            try await audit?.record(
                .with {
                    $0.atMilliseconds = WallClock.milliseconds()
                    $0.principal = by
                    $0.action = "plugin.\(order.rawValue)"
                    $0.outcome = "done"
                    $0.subject = id
                    $0.detail = why
                })
        } catch {
            fleet.log.error("not in the audit trail: \(order.rawValue) \(id) by \(by): \(error)")
        }
    }

    private func note(
        _ order: OperatorOrder, _ id: String, by: String, why: String
    ) async throws(Failure) {
        guard let switches, [.enable, .disable].contains(order) else { return }
        do {
            if order == .enable {
                try await switches.enable(id)
            } else {
                try await switches.disable(
                    PluginSwitch(
                        plugin: id, by: by, why: why, atMilliseconds: WallClock.milliseconds()))
            }
        } catch {
            throw Failure(
                .unavailable, "the order cannot be kept in the store: \(error)",
                hint: "nothing was changed; try again", retryable: true)
        }
    }

    /// Feeds the order; waiting, it gives false when the caller left before all was done.
    private func fed(
        _ order: OperatorOrder, _ id: String, by: String, why: String, waiting: Bool
    ) async -> Bool {
        let (settled, settle) = AsyncStream.makeStream(
            of: Bool.self, bufferingPolicy: .bufferingNewest(1))
        await withCheckedContinuation { continuation in
            fleet.loop.execute { [fleet] in
                fleet.feed(id, .order(order, by: by, why: why))
                continuation.resume()
                if waiting { fleet.whenSettled(id) { settle.yield(true) } }
            }
        }
        guard waiting else { return true }
        for await _ in settled { return true }
        return false
    }
}

extension OperatorOrder {
    fileprivate init?(_ order: AdminV1.PluginOrder) {
        switch order {
        case .start: self = .start
        case .stop: self = .stop
        case .restart: self = .restart
        case .drain: self = .drain
        case .retry: self = .retry
        case .reset: self = .reset
        case .enable: self = .enable
        case .disable: self = .disable
        default: return nil
        }
    }
}
