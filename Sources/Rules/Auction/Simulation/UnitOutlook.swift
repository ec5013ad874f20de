/// How a listed case stands towards a target of large cases.
public enum OutlookState: String, Sendable, CaseIterable {
    /// It counts already.
    case met
    /// In time even if nobody agrees to anything and every round is an ordinary one.
    case safe
    /// In time only by reductions agreed at once, or by the shortened procedure.
    case tight
    /// In time only if the parties agree that the creditor takes the assets (LTHADS Art. 100).
    case agreement
    /// No lawful way reaches it in time.
    case lost
    /// The law book does not hold the values to tell.
    case undetermined
}

/// The next step that a case needs for a target.
public struct OutlookStep: Sendable, Equatable {
    /// Nil where the asset is still to be seized.
    public let assetNo: String?
    public let action: SimulatedAction
    /// The earliest day on which it can happen, and the last on which it is still in time by the quickest
    /// way; nil where no way is in time.
    public let earliestOn: Day
    public let lastDay: Day?
    public let rule: String
    public let citation: Citation
}

/// One listed case and one target.
public struct CaseOutlook: Sendable, Equatable {
    public let key: CaseKey
    public let officer: String?
    public let state: OutlookState
    /// The earliest day by the quickest way, and by the way that needs nobody's consent; nil where there is none.
    public let quickestOn: Day?
    public let safeOn: Day?
    /// The last day on which the next step must happen for the target; nil when met or lost.
    public let lastDay: Day?
    public let steps: [OutlookStep]

    /// A step that is put off beyond the as-of day loses the case for the target.
    public func mustAct(on day: Day) -> Bool { lastDay.map { $0 <= day } ?? false }
}

/// One target of large cases and a unit's list for it.
public struct TargetOutlook: Sendable, Equatable {
    public let id: String
    public let measure: Measure
    public let dueOn: Day
    public let threshold: Ratio
    /// Cases that count in the denominator on the as-of day, and how many of them the threshold asks for.
    public let listed: Int
    public let needed: Int
    public let cases: [CaseOutlook]

    public func count(_ states: OutlookState...) -> Int {
        cases.count { states.contains($0.state) }
    }

    /// What the whole list can still come to: met, safe, tight, agreement or lost; undetermined where an
    /// undetermined case decides.
    public var state: OutlookState {
        if listed == 0 { return .met }
        var sum = 0
        for state in [OutlookState.met, .safe, .tight, .agreement] {
            sum += count(state)
            if sum >= needed { return state }
        }
        return sum + count(.undetermined) >= needed ? .undetermined : .lost
    }
}

/// Which listed cases of a unit can still make the targets of large cases, and by when their next step must happen.
public struct UnitOutlook: Sendable, Equatable {
    public let unit: String
    public let asOf: Day
    public let targets: [TargetOutlook]
}

/// The outlook of a unit on `day`: for each target of `large_value_seized` and `large_value_classified`, every
/// case that stands on its list, in the order of keys.
///
/// Forecasts build on it: `TargetOutlook.count(.met, .safe)` is what the unit reaches without anyone's consent,
/// `count(.met, .safe, .tight)` what it can reach by the quickest lawful ways. A case without an open asset is
/// forecast from a seizure of real estate on the first working day. The cost is a few searches over the days up
/// to the due day for each listed case.
public func auctionOutlook(
    of unit: UnitFile, plan: CampaignPlan, law: LawTable, asOf day: Day
) -> UnitOutlook {
    let files = unit.cases.filter { !$0.nominations.isEmpty }.sorted { $0.key < $1.key }
    let targets = plan.auctionTargets.map { target in
        let listed = files.filter { file in
            file.stands(on: target.list, day: day)
                && !(target.measure == .largeValueClassified && file.isFinished(on: day))
        }
        let needed = (target.threshold * Ratio(listed.count)).ceiling
        return TargetOutlook(
            id: target.id, measure: target.measure, dueOn: target.dueOn,
            threshold: target.threshold, listed: listed.count, needed: Int(needed),
            cases: listed.map { file in
                CaseForecast(file: file, target: target, plan: plan, law: law, asOf: day).outlook
            })
    }
    return UnitOutlook(unit: unit.unit.code, asOf: day, targets: targets)
}

extension CaseFile {
    /// The case stands on the list on `day`.
    fileprivate func stands(on list: String?, day: Day) -> Bool {
        nominations.contains { $0.list == list && !$0.isWithdrawn(on: day) }
    }
}
