internal import Rules
internal import Store
internal import Wire
internal import WorkerKit

extension Failure {
    private static let prefix = "EMULATION_"

    /// A refusal as a client sees it.
    init(_ refusal: SheetRefusal) {
        self.init(
            refusal.isAboutRights ? .permissionDenied : .failedPrecondition, refusal.description,
            hint: refusal.hint, reason: Failure.prefix + refusal.reason.rawValue.uppercased())
    }

    /// The refusal that this failure tells of; nil for other failures.
    fileprivate var sheetRefusal: SheetRefusal? {
        guard reason.hasPrefix(Failure.prefix) else { return nil }
        let name = reason.dropFirst(Failure.prefix.count).lowercased()
        return SheetRefusal.Reason(rawValue: name).map { SheetRefusal($0, message, hint: hint) }
    }
}

extension WorkerCall {
    /// Saves what a step changes; an attempt that is refused changes nothing and is kept with who made it.
    ///
    /// - Parameter body: throws `SheetRefusal` for what the roles or the sheet forbid.
    func save<Reply: WireMessage>(
        _ step: EmulationStep, campaign: String, unit: String,
        _ body: @escaping @Sendable (WriteScope) throws -> Reply
    ) async throws(Failure) -> Reply {
        do throws(Failure) {
            return try await save { scope in
                do { return try body(scope) } catch let refusal as SheetRefusal {
                    throw Failure(refusal)
                }
            }
        } catch {
            guard let refusal = error.sheetRefusal else { throw error }
            try await keep(refusal, of: step, campaign: campaign, unit: unit)
            throw error
        }
    }

    private func keep(
        _ refusal: SheetRefusal, of step: EmulationStep, campaign: String, unit: String
    ) async throws(Failure) {
        let stamp = stamp
        do {
            try await store.write(fence: context.fence) { scope in
                let named = campaign.isEmpty ? nil : campaign.composed
                let plan = try scope.reading.plan(campaign: named)
                try scope.keep(
                    refusal, of: step, campaign: plan?.campaign ?? campaign.composed,
                    unit: unit.composed, stamp: stamp)
            }
        } catch {
            throw Failure(error)
        }
    }
}
