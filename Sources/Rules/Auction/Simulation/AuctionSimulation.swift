/// The lawful ways of one asset from where it stands on a day, with their earliest dates.
public struct AuctionSimulation: Sendable, Equatable {
    public let key: CaseKey
    public let assetNo: String
    public let asOf: Day
    public let state: AuctionState
    public let since: Day
    /// What it would be auctioned for next; nil before a valuation.
    public let price: Dong?
    /// By goal, then by the day it is reached.
    public internal(set) var paths: [SimulatedPath]
    /// Why a way could not be forecast: values that the law book does not hold for its days.
    public internal(set) var undetermined: [MissingRule]
}

/// A reduction deeper than the law allows (LTHADS Art. 104.5).
public struct RateRefusal: Error, Sendable, Equatable {
    public let rate: Ratio
    public let cap: Ratio
    public let citation: Citation
}

/// Forecasts the asset `assetNo` of `file` from `day` on. Pure and quick: a few hundred steps.
///
/// The convention, in one place: a step in the hands of the office or of the auction house happens the next
/// working day; the parties have all the time that the law gives them, except where a reduction is
/// `agreed`: then on the day that the office hears of the failure. Opening days that fall on a day off move to
/// the next working day.
///
/// - Parameter rates: shares taken off at each reduction, each above zero and at most the cap of R-04; nil takes
///   the cap and half of it.
/// - Returns: nil when the asset is not seized by `day`. No path when it is disposed or the case is finished.
/// - Throws: `RateRefusal` for a rate above the cap.
public func simulateAuction(
    of file: CaseFile, assetNo: String, rates: [Ratio]? = nil, law: LawTable, asOf day: Day
) throws(RateRefusal) -> AuctionSimulation? {
    guard let asset = file.assets.first(where: { $0.assetNo == assetNo })?.seen(by: day),
        let track = file.auctionTracks(on: day).first(where: { $0.assetNo == assetNo })
    else { return nil }
    let price = asset.nextStartingPrice(on: day)
    var simulation = AuctionSimulation(
        key: file.key, assetNo: assetNo, asOf: day, state: track.state, since: track.since,
        price: price, paths: [], undetermined: [])
    let cap: LawRule
    do throws(MissingRule) {
        cap = try law.require("R-04", on: day)
    } catch {
        simulation.undetermined = [error]
        return simulation
    }
    let chosen = try cap.rates(rates)
    guard !file.isFinished(on: day), !asset.isDisposed(by: day),
        let stage = WalkStage(of: asset, state: track.state, today: day)
    else { return simulation }
    let pace = SimulationLaw(table: law, today: day)
    simulation.explore(stage, file: file, asset: asset, rates: chosen, pace: pace)
    return simulation
}

extension LawRule {
    /// The rates asked for, or the cap and half of it; a deeper one is refused.
    fileprivate func rates(_ asked: [Ratio]?) throws(RateRefusal) -> [Ratio] {
        guard case .share(let cap) = value else { return asked ?? [] }
        guard let asked else { return [cap, (cap * Ratio(1, 2))] }
        for rate in asked where rate > cap || rate <= .zero {
            throw RateRefusal(rate: rate, cap: cap, citation: citation)
        }
        return asked
    }
}

extension AuctionSimulation {
    fileprivate mutating func explore(
        _ stage: WalkStage, file: CaseFile, asset: Asset, rates: [Ratio], pace: SimulationLaw
    ) {
        let reductions: [SimulatedReductions] =
            file.stateRevenue ? [.decided] : [.decided, .agreed]
        agreeInLieu(file: file, asset: asset, pace: pace)
        for procedure in SimulatedProcedure.allCases {
            for kind in reductions {
                for rate in rates {
                    let way = SimulationWay(procedure: procedure, reductions: kind, rate: rate)
                    let walk = AuctionWalk(
                        of: asset, file: file, price: price, way: way, law: pace)
                    var search = PathSearch(from: walk, coercionCost: file.coercionCost)
                    do throws(MissingRule) {
                        try search.run(stage)
                    } catch {
                        if !undetermined.contains(error) { undetermined.append(error) }
                    }
                    for path in search.paths { add(path) }
                }
            }
        }
        let goals = SimulationGoal.allCases
        paths = paths.enumerated().sorted { a, b in
            let left = goals.firstIndex(of: a.element.goal) ?? 0
            let right = goals.firstIndex(of: b.element.goal) ?? 0
            return (left, a.element.reachedOn, a.offset) < (right, b.element.reachedOn, b.offset)
        }.map(\.element)
    }

    /// Two ways may coincide: no round to come by the shortened procedure, no reduction to come.
    private mutating func add(_ path: SimulatedPath) {
        let known = paths.contains { $0.goal == path.goal && $0.steps == path.steps }
        if !known { paths.append(path) }
    }

    /// Art. 100: at any time the parties may agree that the creditor takes the asset, at its price of then.
    private mutating func agreeInLieu(file: CaseFile, asset: Asset, pace: SimulationLaw) {
        guard !file.stateRevenue, !asset.offers.contains(where: { $0.answer == .accepted }) else {
            return
        }
        do throws(MissingRule) {
            let way = SimulationWay(procedure: .ordinary, reductions: .agreed, rate: .zero)
            var walk = AuctionWalk(of: asset, file: file, price: price, way: way, law: pace)
            let rule = try pace.table.require("V-07", on: pace.today)
            let agreedOn = pace.firstDay(onOrAfter: pace.today)
            walk.enter(
                .agreeInLieu,
                SimulationLaw.Setting(
                    on: agreedOn, rule: rule,
                    verified: rule.verified
                        && pace.calendar.isCertain(from: pace.today, through: agreedOn)),
                price: price)
            walk.enter(.handOver, try pace.after("V-07", from: agreedOn), price: price)
            add(
                SimulatedPath(
                    goal: .inLieu, procedure: nil, reductions: nil, rate: nil, round: nil,
                    steps: walk.steps, reachedOn: walk.at, money: price, notes: []))
        } catch {
            undetermined.append(error)
        }
    }
}

extension AuctionWalk {
    /// From the facts by the as-of day.
    init(of asset: Asset, file: CaseFile, price: Dong?, way: SimulationWay, law: SimulationLaw) {
        self.law = law
        self.way = way
        self.price = price
        kind = asset.kind
        coOwned = asset.coOwned
        stateRevenue = file.stateRevenue
        at = law.today
        failures = asset.rounds.count { $0.failedOn != nil }
        reductions = asset.reductions.count { $0.reducedOn != nil }
        rounds = asset.rounds.filter { $0.startedOn != nil }.map(\.round).max() ?? 0
        isReducedTwice = asset.failedAfterSecondReduction(by: law.today) != nil
        contractOn = asset.rounds.first { $0.round == 1 }?.contractOn
        validUntil = asset.certificateValidUntil(law)
    }
}

extension Asset {
    /// The starting price of a round that is contracted or posted and not yet held, else the current price.
    func nextStartingPrice(on day: Day) -> Dong? {
        let coming = rounds.last {
            $0.heldOn == nil && $0.notifiedOn == nil && $0.cancelledOn == nil
        }
        let reducedOn = reductions.compactMap(\.reducedOn).max()
        if let coming, let from = coming.postedOn ?? coming.contractOn,
            reducedOn.map({ $0 <= from }) ?? true
        {
            return coming.startingPrice
        }
        return currentPrice(on: day)
    }

    /// The last day of the latest certificate of valuation: as it says, else by V-06; nil before any.
    fileprivate func certificateValidUntil(_ law: SimulationLaw) -> Day? {
        let latest = valuations.last { $0.valuedOn != nil }
        if let until = latest?.validUntil { return until }
        guard let valuedOn = latest?.valuedOn ?? valuedOn else { return nil }
        do throws(MissingRule) {
            return try law.due("V-06", from: valuedOn).on
        } catch {
            return nil
        }
    }
}
