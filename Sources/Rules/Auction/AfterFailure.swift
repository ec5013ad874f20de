/// After a failed auction: LTHADS Art. 104, without a gap in time as plans want.
extension StepFinder {
    mutating func afterFailure(of round: AuctionRound) {
        guard let failedOn = round.failedOn else { return }
        if file.stateRevenue {
            stateReduction(after: round, failedOn: failedOn)
        } else if asset.rounds.first(where: { $0.failedOn != nil })?.round == round.round {
            inviteAgreement(after: round, failedOn: failedOn)
        } else if reductions(by: failedOn) >= 2 {
            offerCreditor(after: round, failedOn: failedOn)
        } else {
            laterReduction(
                after: round, trigger: round.notifiedOn ?? failedOn, failedOn: failedOn)
        }
    }

    /// R-04b: a claim of the State's; after any failed round the next reduction comes without negotiation.
    private mutating func stateReduction(after round: AuctionRound, failedOn: Day) {
        guard let notifiedOn = round.notifiedOn else { return }
        statutory(
            .decideReduction, period: "R-04b", trigger: notifiedOn,
            done: reduction(from: min(failedOn, notifiedOn), after: round),
            overtaken: hasRound(after: round) || isAccepted(since: failedOn))
    }

    /// after the first failed auction the parties are invited to agree on a reduction.
    private mutating func inviteAgreement(after round: AuctionRound, failedOn: Day) {
        guard let notifiedOn = round.notifiedOn else { return }
        let first = asset.reductions.first { $0.number == 1 }
        statutory(
            .notifyReduction, period: "R-01", trigger: notifiedOn, done: first?.noticeOn,
            overtaken: hasRound(after: round) || isAccepted(since: failedOn)
                || first?.reducedOn != nil || asset.reductions.contains { $0.number > 1 })
    }

    /// once the parties had their time to agree, the officer decides the first reduction.
    mutating func firstReduction() {
        guard !file.stateRevenue,
            let first = asset.reductions.first(where: { $0.number == 1 }),
            let noticeOn = first.noticeOn
        else { return }
        let failed = asset.rounds.first { $0.failedOn != nil }
        let isOvertaken = asset.rounds.contains {
            $0.round > failed?.round ?? 1 && $0.startedOn != nil
        }
        statutory(
            .decideReduction, period: "R-02", printed: "R-03", trigger: noticeOn,
            done: first.reducedOn,
            overtaken: isOvertaken || isAccepted(since: failed?.failedOn ?? asset.seizedOn)
                || asset.reductions.contains { $0.number > 1 })
    }

    /// After the second reduction the creditor is asked to take the asset; once it refuses, the next reduction.
    private mutating func offerCreditor(after round: AuctionRound, failedOn: Day) {
        let end = nextAuction(after: round)
        let offers = asset.offers.filter { offer in
            failedOn <= offer.offeredOn && end.map { offer.offeredOn < $0 } ?? true
        }
        let reduced = reduction(from: failedOn, after: round) != nil
        policy(
            .offerCreditor, days: \.offerCreditorDays, trigger: round.notifiedOn ?? failedOn,
            done: offers.first?.offeredOn,
            overtaken: reduced || hasRound(after: round) || isAccepted(since: failedOn))
        guard let last = offers.last, last.answer == .refused else { return }
        laterReduction(after: round, trigger: last.decidedOn, failedOn: failedOn)
    }

    /// A later reduction of a private claim, for which Art. 104 gives no period.
    private mutating func laterReduction(after round: AuctionRound, trigger: Day, failedOn: Day) {
        policy(
            .decideReduction, days: \.laterReductionDays, trigger: trigger,
            done: reduction(from: failedOn, after: round),
            overtaken: hasRound(after: round) || isAccepted(since: failedOn))
    }

    /// After a reduction: the posting of the next round.
    mutating func postAgain(after reduction: Reduction) {
        guard let reducedOn = reduction.reducedOn else { return }
        let posted = asset.rounds.compactMap(\.postedOn).filter { $0 >= reducedOn }.min()
        let held = asset.rounds.contains { round in
            round.heldOn.map { $0 >= reducedOn } ?? false
        }
        policy(
            .postAgain, days: \.postAgainDays, trigger: reducedOn, done: posted,
            overtaken: held || isAccepted(since: reducedOn)
                || asset.reductions.contains { $0.number > reduction.number })
    }

    /// the creditor accepted; the debtor is told, and has a last chance to pay.
    mutating func takeInLieu(_ offer: CreditorOffer) {
        let overtaken =
            asset.rounds.contains { round in
                round.startedOn.map { $0 > offer.decidedOn } ?? false
            }
            || asset.offers.contains {
                $0.answer == .accepted && $0.decidedOn > offer.decidedOn
            }
        let before = lastFailure(by: offer.offeredOn) ?? lastFailure(by: offer.decidedOn)
        if let notifiedOn = before?.notifiedOn {
            statutory(
                .notifyDebtor, period: "R-06", trigger: notifiedOn,
                done: offer.debtorNotifiedOn, overtaken: overtaken)
        }
        if let debtorNotifiedOn = offer.debtorNotifiedOn {
            statutory(
                .handOver, period: "R-07", trigger: debtorNotifiedOn, done: asset.disposedOn,
                overtaken: overtaken)
        }
    }

    private func lastFailure(by day: Day) -> AuctionRound? {
        asset.rounds.last { round in round.failedOn.map { $0 <= day } ?? false }
    }
}
