internal import Rules
internal import Store
internal import Wire
internal import WorkerKit

/// What one auction answer rests on, all of one moment of the store.
struct AuctionFacts: Sendable {
    let day: Day
    let head: AuctionV1.AuctionHead
    /// Nil where none was applied: the steps that only a plan gives a period are then left out.
    let plan: CampaignPlan?
    /// The cases that have ever had an asset seized.
    let cases: [CaseFile]
}

extension WorkerCall {
    /// The cases of the unit, or of all units where the code is empty, with the plan that applies.
    func auctionFacts(
        unit code: String, campaign: String, asOf text: String, knownAt: String = ""
    ) async throws(Failure) -> AuctionFacts {
        let day = try asOf(text)
        let law = law
        return try await load { scope in
            let scope = try scope.known(as: knownAt)
            let plan = try scope.planInForce(campaign)
            return AuctionFacts(
                day: day, head: try scope.auctionHead(plan, law, on: day), plan: plan?.plan,
                cases: try scope.touchedUnits(code).flatMap {
                    try scope.caseFilesWithAssets(unit: $0.code)
                })
        }
    }
}

extension ReadScope {
    func auctionHead(
        _ applied: AppliedPlan?, _ law: LawTable, on day: Day
    ) throws -> AuctionV1.AuctionHead {
        let change = try lastChange()
        return .with {
            $0.asOf = day.description
            $0.campaign = applied?.plan.id ?? ""
            $0.planVersion = UInt32(clamping: applied?.version.version ?? 0)
            $0.lawBook = law.digest
            $0.change = UInt64(clamping: change)
        }
    }
}
