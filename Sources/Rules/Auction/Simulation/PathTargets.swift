/// What a path does for one target of the plan.
public struct PathTarget: Sendable, Equatable {
    public let id: String
    public let measure: Measure
    public let dueOn: Day
    /// The case would count on the target's due day, other assets of the case as they stand.
    public let met: Bool
    /// The path has reached its own goal by the target's due day.
    public let reached: Bool
}

/// The measures of large cases, to which an asset's path matters.
private let auctionMeasures: [Measure] = [.largeValueSeized, .largeValueClassified]

extension CampaignPlan {
    /// The targets that an asset's way to a sale can meet, in the plan's order.
    public var auctionTargets: [Target] {
        targets.filter { auctionMeasures.contains($0.measure) }
    }
}

extension SimulatedPath {
    /// What following the path for the asset `assetNo` of `file` from `day` on does for the plan's targets of
    /// large cases,
    /// by the rules that score them.
    public func targets(
        of file: CaseFile, assetNo: String, from day: Day, plan: CampaignPlan
    ) -> [PathTarget] {
        let outcome = file.following(self, assetNo: assetNo, from: day)
        return plan.auctionTargets.map { target in
            PathTarget(
                id: target.id, measure: target.measure, dueOn: target.dueOn,
                met: outcome.meets(target, plan: plan, by: target.dueOn),
                reached: reachedOn <= target.dueOn)
        }
    }

    /// What counts as *chưa có điều kiện* of the case's money on the day that the path reaches its goal.
    public func moneyNotEnforceable(
        of file: CaseFile, assetNo: String, from day: Day
    ) -> Dong {
        file.following(self, assetNo: assetNo, from: day).moneyNotEnforceable(on: reachedOn)
    }
}

extension CaseFile {
    /// The case counts for a target of large cases on `day`, as the target's measure has it: an asset at the
    /// plan's stage by then, within the window; or money classified.
    func meets(_ target: Target, plan: CampaignPlan, by day: Day) -> Bool {
        let window = target.window ?? plan.window
        switch target.measure {
        case .largeValueSeized:
            let limit = min(day, window.end)
            return assets.contains { $0.reached(target.stage, by: limit) != nil }
        case .largeValueClassified: return isFinished(on: day) || moneyRule(on: day) != nil
        default: return false
        }
    }
}
