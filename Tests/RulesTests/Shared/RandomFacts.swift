import Rules

/// Facts at random, any order and any nonsense that an import lets through; the seed decides.
enum RandomFacts {
    static func unit(_ random: inout Seeded, cases: Int) throws -> UnitFile {
        let files = try (0..<cases).map { try file("\($0 + 1)/QĐ", &random) }
        return Make.unit(files)
    }

    /// Days are drawn without return within a case, so that no two facts fall on one day.
    static func file(_ no: String, _ random: inout Seeded) throws -> CaseFile {
        let start = try day("01/12/2020")
        var days = Array(0..<260).shuffled(using: &random)
        func next() -> Day { start + (days.popLast() ?? 0) }
        var file = try Make.file(no, due: Int64(random.below(2_000_000_000)), decided: "05/01/2017")
        file.initiative = random.below(2) == 0 ? .onRequest : .exOfficio
        file.stateRevenue = random.below(3) == 0
        if random.below(2) == 0 {
            file.receivedOn = next()
            file.decisionOn = next()
        }
        for _ in 0..<random.below(4) {
            file.decisions.append(
                Decision(
                    kind: DecisionKind.allCases[random.below(9)], decidedOn: next(),
                    amount: random.below(2) == 0 ? Dong(Int64(random.below(900_000_000))) : nil))
        }
        for index in 0..<random.below(5) {
            file.payments.append(
                Payment(
                    receiptNo: "\(index)", paidOn: next(),
                    amount: Dong(Int64(random.below(400_000_000))),
                    source: PaymentSource.allCases[random.below(5)],
                    reversedOn: random.below(4) == 0 ? next() : nil))
        }
        for _ in 0..<random.below(3) {
            file.verifications.append(
                Verification(
                    verifiedOn: next(),
                    result: random.below(2) == 0 ? .enforceable : .notEnforceable
                ))
            file.violations.append(
                Violation(
                    foundOn: next(), severity: random.below(4) == 0 ? .serious : .minor,
                    repairedOn: random.below(2) == 0 ? next() : nil))
        }
        for (list, odds) in [("large_value", 2), ("old_case", 2)] where random.below(odds) == 0 {
            file.nominations.append(
                Nomination(
                    list: list, submittedOn: next(),
                    withdrawnOn: random.below(5) == 0 ? next() : nil))
        }
        for index in 0..<random.below(3) {
            file.assets.append(asset("\(index + 1)", &random, next))
        }
        return file
    }

    private static func asset(
        _ no: String, _ random: inout Seeded, _ next: () -> Day
    ) -> Asset {
        func maybe() -> Day? { random.below(4) == 0 ? nil : next() }
        var asset = Asset(
            assetNo: no, kind: random.below(2) == 0 ? .movable : .realEstate, seizedOn: next())
        asset.valuationContractOn = maybe()
        asset.valuedOn = maybe()
        asset.value = Dong(Int64(random.below(30_000_000)))
        let outcomes: [RoundOutcome?] = [.noBids, .failed, .noParticipants, .sold, .cancelled, nil]
        for number in 0..<random.below(4) {
            var round = AuctionRound(round: number + 1, startingPrice: Dong(1))
            round.contractOn = maybe()
            round.postedOn = maybe()
            round.heldOn = maybe()
            round.notifiedOn = maybe()
            round.outcome = outcomes[random.below(outcomes.count)]
            asset.rounds.append(round)
        }
        for number in 0..<random.below(4) {
            asset.reductions.append(
                Reduction(
                    number: number + 1, noticeOn: maybe(), reducedOn: maybe(),
                    reducedPrice: Dong(Int64(random.below(20_000_000)))))
        }
        for _ in 0..<random.below(3) {
            let answer: OfferAnswer? = random.below(2) == 0 ? .accepted : .refused
            asset.offers.append(
                CreditorOffer(
                    offeredOn: next(), answer: answer, answeredOn: maybe(),
                    debtorNotifiedOn: maybe()))
        }
        if random.below(4) == 0 {
            asset.disposedOn = next()
            asset.disposal = .sold
        }
        return asset
    }

    /// Another order of recording; no two facts of one kind fall on one day, so nothing may change.
    static func shuffle(_ file: inout CaseFile, _ random: inout Seeded) {
        file.decisions.shuffle(using: &random)
        file.payments.shuffle(using: &random)
        file.verifications.shuffle(using: &random)
        file.violations.shuffle(using: &random)
        file.nominations.shuffle(using: &random)
        file.assets.shuffle(using: &random)
        for index in file.assets.indices {
            file.assets[index].rounds.shuffle(using: &random)
            file.assets[index].reductions.shuffle(using: &random)
            file.assets[index].offers.shuffle(using: &random)
        }
    }
}
