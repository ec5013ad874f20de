/// One event of a track, the state that it led to, and the rule that it rests on.
public struct TrackStep: Sendable, Equatable {
    public let on: Day
    public let event: AuctionEvent
    public let state: AuctionState
    /// Nil where the law forbids the event or the law book does not hold the rule; then a finding says so.
    public let rule: AppliedRule?
}

/// The whole way of one asset up to a day.
public struct AssetHistory: Sendable, Equatable {
    public let track: AuctionTrack
    /// What the next event is judged by.
    public let course: AuctionCourse
    /// In order of day.
    public let steps: [TrackStep]
    /// What the law holds against the steps, in their order.
    public let findings: [TrackFinding]
    /// What it holds against the schedules of the rounds held.
    public let scheduleFindings: [TrackFinding]
}

extension CaseFile {
    /// The way of the asset of that number up to `day`; nil when there is none or it was not yet seized.
    ///
    /// The facts are taken as they are, whatever their order of recording and whether or not the law let them
    /// happen; what it holds against them stands in `findings`.
    public func assetHistory(
        _ assetNo: String, law: LawTable, on day: Day
    ) -> AssetHistory? {
        guard let asset = assets.first(where: { $0.assetNo == assetNo }),
            let seen = asset.seen(by: day)
        else { return nil }
        let terms = auctionTerms(of: seen, law: law)
        var course = AuctionCourse(seizedOn: seen.seizedOn)
        var steps: [TrackStep] = []
        var findings: [TrackFinding] = []
        for item in seen.recordedEvents {
            var rule: AppliedRule?
            do throws(TrackFinding) {
                rule = try course.check(item.event, on: item.on, terms).map(AppliedRule.init)
            } catch {
                findings.append(error)
            }
            course.apply(item.event, on: item.on)
            steps.append(
                TrackStep(on: item.on, event: item.event, state: course.state, rule: rule))
        }
        return AssetHistory(
            track: track(of: seen, course: course, on: day), course: course, steps: steps,
            findings: findings, scheduleFindings: scheduleFindings(of: seen, terms))
    }

    func auctionTerms(of asset: Asset, law: LawTable) -> AuctionTerms {
        AuctionTerms(
            kind: asset.kind, stateRevenue: stateRevenue, coercionCost: coercionCost, law: law)
    }

    /// The track of an asset whose facts after the as-of day are blank.
    func track(of asset: Asset, course: AuctionCourse, on day: Day) -> AuctionTrack {
        AuctionTrack(
            key: key, officer: officer, assetNo: asset.assetNo, kind: asset.kind,
            description: asset.description, seizedOn: asset.seizedOn, state: course.state,
            since: course.since, rounds: asset.rounds.count { $0.heldOn != nil },
            reductions: asset.reductions.count { $0.reducedOn != nil },
            currentPrice: asset.currentPrice(on: day))
    }
}

extension Asset {
    /// The course of an asset whose facts after the as-of day are blank.
    var course: AuctionCourse {
        var course = AuctionCourse(seizedOn: seizedOn)
        for item in recordedEvents { course.apply(item.event, on: item.on) }
        return course
    }
}

extension AppliedRule {
    init(_ rule: LawRule) {
        self.init(id: rule.id, citation: rule.citation, text: rule.title, verified: rule.verified)
    }
}
