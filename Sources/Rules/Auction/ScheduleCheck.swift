/// What the Law on Property Auction holds against the schedule of the rounds held: the public notices of
/// Art. 57, the deposit of Art. 39; and the certificate and the co-owners' right of the enforcement law.
extension CaseFile {
    func scheduleFindings(of asset: Asset, _ terms: AuctionTerms) -> [TrackFinding] {
        var failures = 0
        var findings: [TrackFinding] = []
        for round in asset.rounds.sorted(by: { $0.round < $1.round }) {
            if let heldOn = round.heldOn, round.outcome != .scheduled, round.outcome != .cancelled {
                findings +=
                    ScheduleCheck(
                        asset: asset, round: round, heldOn: heldOn, failures: failures, terms: terms
                    ).findings
            }
            if round.failedOn != nil { failures += 1 }
        }
        return findings
    }
}

/// Judges the schedule of one round held.
private struct ScheduleCheck {
    let asset: Asset
    let round: AuctionRound
    let heldOn: Day
    /// Rounds that failed before this one.
    let failures: Int
    let terms: AuctionTerms

    var findings: [TrackFinding] {
        let checks: [() throws(TrackFinding) -> Void] = [
            publicNotices, deposit, certificate, preemption,
        ]
        return checks.compactMap { check in
            do throws(TrackFinding) {
                try check()
                return nil
            } catch {
                return error
            }
        }
    }

    /// Two notices, the second early enough and apart from the first; one with the posting where the shortened
    /// procedure follows two failed auctions; none for a cheap movable.
    private func publicNotices() throws(TrackFinding) {
        if round.procedure == .shortened, failures >= (try law.count("A-05.failed_rounds")) {
            guard let notice = round.notice1On else { throw law.finding(.noticesMissing, "A-04") }
            if let postedOn = round.postedOn, notice != postedOn {
                throw law.finding(.noticeApartFromPosting, "A-04", .notAfter(postedOn))
            }
            return
        }
        if asset.kind == .movable, round.startingPrice < (try law.money("A-03.movable_from")) {
            return
        }
        guard let first = round.notice1On, let second = round.notice2On else {
            throw law.finding(.noticesMissing, "A-03")
        }
        let calendar = terms.law.calendar
        let earliest = calendar.due(try law.period("A-03.apart"), from: first)
        if second < earliest {
            throw law.finding(.noticesTooClose, "A-03.apart", .notBefore(earliest))
        }
        let rule =
            switch asset.kind {
            case .movable: "A-03.second_movable"
            case .realEstate: "A-03.second_real_estate"
            }
        let latest = calendar.latest(try law.period(rule), before: heldOn)
        if second > latest { throw law.finding(.secondNoticeTooLate, rule, .notAfter(latest)) }
    }

    private func deposit() throws(TrackFinding) {
        guard let deposit = round.deposit else { return }
        let (least, most) = try law.deposit(of: round.startingPrice)
        if deposit < least { throw law.finding(.depositTooSmall, "A-08.minimum", .atLeast(least)) }
        if deposit > most { throw law.finding(.depositTooLarge, "A-08.maximum", .atMost(most)) }
    }

    /// The certificate that the starting price rests on, the latest by the auction's day.
    private func certificate() throws(TrackFinding) {
        guard let end = try asset.certificateEnd(by: heldOn, law) else { return }
        if heldOn > end { throw law.finding(.certificateExpired, "V-06", .notAfter(end)) }
    }

    /// The co-owners' time runs from a notice of the price, which is no earlier than the valuation.
    private func preemption() throws(TrackFinding) {
        guard asset.coOwned, failures == 0, let valuedOn = asset.firstValuationOn else { return }
        let rule =
            switch asset.kind {
            case .movable: "V-13.first_movable"
            case .realEstate: "V-13.first_real_estate"
            }
        let end = terms.law.calendar.due(try law.period(rule), from: valuedOn)
        if heldOn <= end { throw law.finding(.preemptionRuns, rule, .notBefore(end + 1)) }
    }

    private var law: LawCheck {
        let result = AuctionResult(
            outcome: round.outcome, startingPrice: round.startingPrice, price: round.price,
            registrants: round.registrants)
        return LawCheck(law: terms.law, event: .held(round.round, result), on: heldOn)
    }
}

extension Asset {
    /// The last day on which the latest valuation by `day` can be used: as its certificate says, else V-06
    /// counted from it; nil before any.
    func certificateEnd(by day: Day, _ law: LawCheck) throws(TrackFinding) -> Day? {
        var latest: (on: Day, until: Day?)?
        if let valuedOn, valuedOn <= day { latest = (valuedOn, nil) }
        for valuation in valuations {
            guard let on = valuation.valuedOn, on <= day else { continue }
            if let known = latest, on < known.on { continue }
            latest = (on, valuation.validUntil)
        }
        guard let latest else { return nil }
        if let until = latest.until { return until }
        return law.law.calendar.lastDay(of: try law.period("V-06"), from: latest.on)
    }

    /// The day of the valuation that stands on the asset, else of the first of the others.
    var firstValuationOn: Day? { valuedOn ?? valuations.compactMap(\.valuedOn).min() }
}
