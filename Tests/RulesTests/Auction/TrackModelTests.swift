import Foundation
import Rules
import Testing

/// Random events, lawful or not, put before the machine: what it lets pass never breaks an article, as a
/// second reading of the articles judges the whole log; no money is lost; and the facts give the same track in
/// whatever order they are recorded.
///
/// `CAODIEM_TRACK_SEQUENCES` says how many sequences are tried (a million in the long run).
struct TrackModelTests {
    private static let sequences =
        ProcessInfo.processInfo.environment["CAODIEM_TRACK_SEQUENCES"].flatMap(Int.init) ?? 1_000

    @Test func whatPassesBreaksNoArticle() throws {
        var random = Seeded(20_210_301)
        let law = try Law2021.table()
        var reached: Set<AuctionState> = []
        var refused: Set<TrackFault> = []
        for _ in 0..<Self.sequences {
            var walk = RandomWalk(law: law, &random)
            walk.run(&random)
            reached.formUnion(walk.reached)
            refused.formUnion(walk.refused)
            let faults = ArticleReading(walk).faults
            try #require(faults.isEmpty, "\(faults)\n\(walk)")
            try expectSameTrack(walk, &random)
        }
        #expect(reached == Set(AuctionState.allCases), "the walks go everywhere")
        #expect(refused.count >= 30, "and knock at most doors that are shut: \(refused)")
    }

    /// The log as facts, in the recorded order and shuffled: no finding, and the state that the machine had.
    private func expectSameTrack(_ walk: RandomWalk, _ random: inout Seeded) throws {
        let end = walk.day
        let history = try #require(walk.file.assetHistory("1", law: walk.law, on: end))
        try #require(history.findings.isEmpty, "\(history.findings.map(\.sentence))\n\(walk)")
        try #require(history.course == walk.course, "\(walk)")
        try #require(history.steps.map(\.event) == walk.log.map(\.event), "\(walk)")
        var shuffled = walk.file
        RandomFacts.shuffle(&shuffled, &random)
        try #require(shuffled.assetHistory("1", law: walk.law, on: end) == history, "\(walk)")
        let listed = try #require(walk.file.auctionTracks(on: end).first)
        try #require(listed == history.track)
        // Facts of later days change nothing of an earlier day: the track of a prefix is that prefix.
        let cut = Int.random(in: 0..<walk.log.count, using: &random)
        let on = walk.log[cut].on
        let then = try #require(walk.file.assetHistory("1", law: walk.law, on: on))
        try #require(then.steps == Array(history.steps.prefix(cut + 1)), "\(walk)")
    }
}

/// One asset on its way, with events drawn at random.
struct RandomWalk: CustomStringConvertible {
    let law: LawTable
    let terms: AuctionTerms
    private(set) var course: AuctionCourse
    private(set) var asset: Asset
    private(set) var log: [DatedEvent]
    private(set) var day: Day
    private(set) var reached: Set<AuctionState> = [.seized]
    private(set) var refused: Set<TrackFault> = []
    private var round = 0
    private var valuations = 1

    init(law: LawTable, _ random: inout Seeded) {
        self.law = law
        let kind: AssetKind = random.below(3) == 0 ? .movable : .realEstate
        let cost = random.below(3) == 0 ? nil : Dong(Int64(random.below(40_000_000)))
        terms = AuctionTerms(
            kind: kind, stateRevenue: random.below(4) == 0, coercionCost: cost, law: law)
        day = Day(number: 18_687 + Int32(random.below(200)))
        course = AuctionCourse(seizedOn: day)
        asset = Asset(assetNo: "1", kind: kind, seizedOn: day)
        log = [DatedEvent(day, .seized)]
    }

    var description: String {
        log.map { "\($0.on) \($0.event)" }.joined(separator: "\n")
    }

    var file: CaseFile {
        var file = CaseFile(
            key: CaseKey(unit: "MX", decisionNo: "1"), decisionOn: asset.seizedOn,
            initiative: .onRequest, amountDue: Dong(1_000_000_000))
        file.assets = [asset]
        file.stateRevenue = terms.stateRevenue
        file.coercionCost = terms.coercionCost
        return file
    }

    mutating func run(_ random: inout Seeded) {
        for _ in 0..<(20 + random.below(120)) {
            let event = random.below(2) == 0 ? lead(&random) : propose(&random)
            // One column, one day: what the facts cannot hold twice is not tried twice.
            let isRepeated = log.contains {
                $0.event.name == event.name && $0.event.number == event.number
                    && !["posted", "offered", "accepted", "refused"].contains(event.name)
            }
            if isRepeated { continue }
            let on = day + 1 + wait(&random)
            do throws(TrackFinding) {
                guard try course.check(event, on: on, terms) != nil else { continue }
            } catch {
                if let fault = error.fault { refused.insert(fault) }
                continue
            }
            day = on
            course.apply(event, on: on)
            // A sale undone is a correction of the disposal.
            if event.name == "sale_cancelled" { log.removeAll { $0.event.name == "sold" } }
            reached.insert(course.state)
            log.append(DatedEvent(on, event))
            record(event, on: on)
        }
    }

    private func wait(_ random: inout Seeded) -> Int {
        random.below(3) == 0 ? random.below(3) : random.below(40)
    }

    /// Any event, its figures mostly those that would be right.
    private mutating func propose(_ random: inout Seeded) -> AuctionEvent {
        let right = random.below(5) != 0
        let price = course.price ?? Dong(1)
        let odd = Dong(max(1, price.amount + Int64(random.below(9)) - 4))
        let value = Dong(Int64(1 + random.below(60_000_000)))
        switch random.below(22) {
        case 0: return .valuationContract
        case 1: return .valued(value, validUntil: nil)
        case 2:
            return random.below(4) == 0
                ? .revalued(valuations + 1, value, validUntil: nil) : .valuationContract
        case 3: return .auctionContract(round + 1)
        case 4, 5:
            let open = asset.rounds.contains {
                $0.round == round && $0.postedOn == nil && $0.heldOn == nil && $0.cancelledOn == nil
            }
            return .posted(
                open ? round : round + 1, startingPrice: right ? price : odd,
                random.below(4) == 0 ? .shortened : .ordinary)
        case 6: return .publicNotice(round, 1 + random.below(2))
        case 7, 8, 9: return .held(right ? round : round + 1, result(price, &random))
        case 10: return .notified(round)
        case 11: return .reductionNotice(course.reductions + 1)
        case 12, 13: return reduction(&random)
        case 14: return .offered
        case 15: return .answered(random.below(3) == 0 ? .accepted : .refused)
        case 16: return .debtorNotified
        case 17: return .paid(round)
        case 18: return .delivered(round)
        case 19: return random.below(2) == 0 ? .saleCancelled(round) : .roundCancelled(round)
        case 20: return .disposed(.sold)
        default:
            let ends: [Disposal] = [.taken, .returned, .returned, .released]
            return .disposed(random.below(4) == 0 ? ends[random.below(4)] : .returned)
        }
    }

    /// The event that leads on from where the track stands.
    private func lead(_ random: inout Seeded) -> AuctionEvent {
        if let sale = course.sale {
            if sale.paidOn != nil { return .delivered(sale.round) }
            return random.below(2) == 0 ? .paid(sale.round) : .saleCancelled(sale.round)
        }
        if course.acceptedOn != nil {
            return course.debtorNotifiedOn == nil ? .debtorNotified : .disposed(.taken)
        }
        if let failure = course.failure { return lead(from: failure, &random) }
        if let posting = course.posting {
            return .held(posting.round, result(posting.startingPrice, &random))
        }
        guard let price = course.price else {
            return .valued(Dong(Int64(1 + random.below(60_000_000))), validUntil: nil)
        }
        if course.contractOn == nil, random.below(2) == 0 { return .auctionContract(round + 1) }
        return .posted(round + 1, startingPrice: price, .ordinary)
    }

    private func lead(
        from failure: AuctionCourse.Failure, _ random: inout Seeded
    ) -> AuctionEvent {
        if failure.isOffered { return .answered(random.below(4) == 0 ? .accepted : .refused) }
        if failure.refusedOn != nil, let cost = terms.coercionCost, let price = course.price,
            price <= cost
        {
            return .disposed(.returned)
        }
        if course.reductions >= 2, failure.refusedOn == nil { return .offered }
        if course.reductions == 0, failure.invitedOn == nil { return .reductionNotice(1) }
        return reduction(&random)
    }

    private func result(_ price: Dong, _ random: inout Seeded) -> AuctionResult {
        let outcomes: [RoundOutcome] = [.noBids, .noParticipants, .failed, .noBids, .sold]
        let outcome = outcomes[random.below(5)]
        let start = course.posting?.startingPrice ?? price
        guard outcome == .sold else { return AuctionResult(outcome: outcome, startingPrice: start) }
        return AuctionResult(
            outcome: .sold, startingPrice: start,
            price: Dong(start.amount + Int64(random.below(5)) - 1), registrants: random.below(4))
    }

    private func reduction(_ random: inout Seeded) -> AuctionEvent {
        let start = course.failure?.startingPrice.amount ?? 1_000
        let percent = Int64(88 + random.below(13))
        return .reduced(
            course.reductions + 1, to: Dong(max(1, (start * percent + 99) / 100)),
            agreed: random.below(2) == 0)
    }

    /// The event as columns of facts.
    private mutating func record(_ event: AuctionEvent, on day: Day) {
        switch event {
        case .seized: break
        case .valuationContract: asset.valuationContractOn = asset.valuationContractOn ?? day
        case .valued(let value, _):
            asset.valuedOn = day
            asset.value = value
        case .revalued(let number, let value, _):
            valuations = number
            asset.valuations.append(Valuation(number: number, valuedOn: day, value: value))
        case .reductionNotice(let number): withReduction(number) { $0.noticeOn = day }
        case .reduced(let number, let price, let agreed):
            withReduction(number) {
                $0.reducedOn = day
                $0.reducedPrice = price
                $0.agreed = agreed
            }
        case .offered: asset.offers.append(CreditorOffer(offeredOn: day))
        case .answered(let answer):
            asset.offers[asset.offers.count - 1].answer = answer
            asset.offers[asset.offers.count - 1].answeredOn = day
        case .debtorNotified: asset.offers[asset.offers.count - 1].debtorNotifiedOn = day
        case .disposed(let disposal):
            asset.disposal = disposal
            asset.disposedOn = day
        default: recordRound(event, on: day)
        }
    }

    private mutating func recordRound(_ event: AuctionEvent, on day: Day) {
        guard let number = event.name == "public_notice" ? round : event.number else { return }
        round = max(round, number)
        let start = course.price ?? Dong(1)
        if !asset.rounds.contains(where: { $0.round == number }) {
            asset.rounds.append(AuctionRound(round: number, startingPrice: start))
        }
        guard let at = asset.rounds.firstIndex(where: { $0.round == number }) else { return }
        switch event {
        case .auctionContract: asset.rounds[at].contractOn = day
        case .posted(_, let price, let procedure):
            asset.rounds[at].postedOn = day
            asset.rounds[at].startingPrice = price
            asset.rounds[at].procedure = procedure
        case .publicNotice(_, 1): asset.rounds[at].notice1On = day
        case .publicNotice: asset.rounds[at].notice2On = day
        case .held(_, let result):
            asset.rounds[at].heldOn = day
            asset.rounds[at].outcome = result.outcome
            asset.rounds[at].price = result.price
            asset.rounds[at].registrants = result.registrants
        case .notified: asset.rounds[at].notifiedOn = day
        case .paid: asset.rounds[at].paidInFullOn = day
        case .delivered: asset.rounds[at].deliveredOn = day
        case .saleCancelled:
            asset.rounds[at].cancelledOn = day
            asset.disposal = nil
            asset.disposedOn = nil
        case .roundCancelled:
            asset.rounds[at].cancelledOn = day
            asset.rounds[at].outcome = .cancelled
        default: break
        }
    }

    private mutating func withReduction(_ number: Int, _ change: (inout Reduction) -> Void) {
        if !asset.reductions.contains(where: { $0.number == number }) {
            asset.reductions.append(Reduction(number: number))
        }
        guard let at = asset.reductions.firstIndex(where: { $0.number == number }) else { return }
        change(&asset.reductions[at])
    }
}
