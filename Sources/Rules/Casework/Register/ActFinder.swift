/// Acts on one case that the law does not allow as they were done, by the as-of day.
struct ActFinder {
    let file: CaseFile
    let law: LawTable
    let day: Day
    private(set) var rows: [RegisterRow] = []

    init(file: CaseFile, law: LawTable, day: Day) {
        self.file = file
        self.law = law
        self.day = day
    }

    mutating func run() {
        classifications()
        completions()
        payments()
        coercions()
        for asset in file.assets where asset.seizedOn <= day {
            for reduction in asset.reductions { reduced(reduction, of: asset) }
            for offer in asset.offers { handedOver(offer, of: asset) }
        }
    }

    /// LTHADS Art. 44a.1: the decision rests on a verification of the same result, in the cycle of E-12 before it.
    private mutating func classifications() {
        for decision in file.decisions
        where decision.kind.classifies && decision.decidedOn <= day {
            guard let cycle = try? law.period("E-12", on: decision.decidedOn) else { continue }
            let earliest = law.calendar.latest(cycle.period, before: decision.decidedOn)
            let result: VerificationResult =
                decision.kind == .notEnforceable ? .notEnforceable : .enforceable
            let fitting = file.verifications.contains {
                $0.result == result && earliest <= $0.verifiedOn
                    && $0.verifiedOn <= decision.decidedOn
            }
            guard !fitting else { continue }
            let last = file.verifications.map(\.verifiedOn).filter { $0 <= decision.decidedOn }
                .max()
            add(
                .classificationWithoutVerification, "E-14", on: decision.decidedOn,
                trigger: last, due: nil,
                facts: [
                    RegisterFact(
                        last == nil ? "chưa xác minh lần nào" : "xác minh gần nhất", last),
                    RegisterFact(decision.kind.vietnamese, decision.decidedOn),
                ])
        }
    }

    /// LTHADS Art. 52: a case was closed with debt left.
    private mutating func completions() {
        for decision in file.decisions where decision.kind == .complete && decision.decidedOn <= day
        {
            let left = file.remaining(on: decision.decidedOn)
            guard left > .zero else { continue }
            add(
                .completedWithDebt, "C-12", on: decision.decidedOn, trigger: nil, due: nil,
                facts: [
                    RegisterFact("kết thúc thi hành án", decision.decidedOn),
                    RegisterFact("còn phải thi hành", decision.decidedOn, left),
                ])
        }
    }

    /// Money taken before there was a decision to take it.
    private mutating func payments() {
        for payment in file.payments
        where payment.paidOn <= day && payment.paidOn < file.decisionOn {
            add(
                .paymentBeforeDecision, file.initiative.issuingRule, on: payment.paidOn,
                trigger: nil, due: file.decisionOn,
                facts: [
                    RegisterFact(
                        "thu tiền, biên lai \(payment.receiptNo)", payment.paidOn, payment.amount),
                    RegisterFact("ra quyết định thi hành án", file.decisionOn),
                ])
        }
    }

    /// LTHADS Art. 46: no coercion before the voluntary period is over, none on a day off. Art. 45.2 allows
    /// the former against dissipation, which no fact records: the row says what a person must look at.
    private mutating func coercions() {
        for asset in file.assets where asset.seizedOn <= day {
            coerced(asset.seizedOn, "kê biên tài sản \(asset.assetNo)", asset.assetNo)
        }
        for coercion in file.coercions {
            guard let on = coercion.carriedOutOn, on <= day else { continue }
            let number = coercion.number.map { " số \($0)" } ?? ""
            coerced(on, "cưỡng chế theo quyết định\(number)", nil)
        }
    }

    private mutating func coerced(_ on: Day, _ what: String, _ assetNo: String?) {
        let act = RegisterFact(what, on)
        if let notifiedOn = file.debtorNotifiedOn, notifiedOn <= day,
            let voluntary = try? law.period("E-09", on: notifiedOn)
        {
            let over = law.calendar.due(voluntary.period, from: notifiedOn)
            if on <= over {
                add(
                    .coercionInVoluntaryPeriod, "E-09", on: on, trigger: notifiedOn, due: over + 1,
                    asset: assetNo,
                    facts: [
                        RegisterFact("thông báo quyết định thi hành án", notifiedOn),
                        RegisterFact("hết thời hạn tự nguyện", over), act,
                    ])
            }
        }
        guard !law.calendar.isWorking(on) else { return }
        add(
            .coercionOnDayOff, "C-02", on: on, trigger: nil,
            due: law.calendar.workingDay(onOrAfter: on), asset: assetNo, facts: [act])
    }

    /// LTHADS Art. 104.1 and 104.5: the first reduction without agreement waits for the parties' time to agree;
    /// no reduction is deeper than the share of the auction before.
    private mutating func reduced(_ reduction: Reduction, of asset: Asset) {
        guard let reducedOn = reduction.reducedOn, reducedOn <= day else { return }
        let act = RegisterFact(
            "giảm giá lần \(reduction.number) tài sản \(asset.assetNo)", reducedOn,
            reduction.reducedPrice)
        if reduction.number == 1, !reduction.agreed, !file.stateRevenue,
            let noticeOn = reduction.noticeOn, noticeOn <= reducedOn,
            let agreeing = try? law.period("R-02", on: noticeOn)
        {
            let earliest = law.calendar.due(agreeing.period, from: noticeOn)
            if reducedOn < earliest {
                add(
                    .reductionTooEarly, "R-03", on: reducedOn, trigger: noticeOn, due: earliest,
                    asset: asset.assetNo,
                    facts: [
                        RegisterFact("thông báo để thỏa thuận mức giảm", noticeOn),
                        RegisterFact("sớm nhất khi không thỏa thuận", earliest), act,
                    ])
            }
        }
        guard let price = reduction.reducedPrice, let before = asset.auction(before: reducedOn),
            case .share(let cap) = law.rule("R-04", on: reducedOn)?.value
        else { return }
        let lowest = before.startingPrice.ratio * (Ratio.one - cap)
        guard price.ratio < lowest else { return }
        add(
            .reductionTooDeep, "R-04", on: reducedOn, trigger: before.heldOn, due: nil,
            asset: asset.assetNo,
            facts: [
                RegisterFact(
                    "giá khởi điểm lần \(before.round)", before.heldOn, before.startingPrice),
                RegisterFact(
                    "thấp nhất được giảm đến", nil, Dong(Int64(clamping: lowest.ceiling))), act,
            ])
    }

    /// LTHADS Art. 104.2: the asset is handed over once the debtor's last chance is over.
    private mutating func handedOver(_ offer: CreditorOffer, of asset: Asset) {
        guard offer.answer == .accepted, let toldOn = offer.debtorNotifiedOn,
            asset.disposal == .taken, let takenOn = asset.disposedOn, takenOn <= day,
            toldOn <= takenOn, let chance = try? law.period("R-07", on: toldOn)
        else { return }
        let earliest = law.calendar.due(chance.period, from: toldOn)
        guard takenOn < earliest else { return }
        add(
            .handOverTooEarly, "R-07", on: takenOn, trigger: toldOn, due: earliest,
            asset: asset.assetNo,
            facts: [
                RegisterFact("thông báo cho người phải thi hành án", toldOn),
                RegisterFact("sớm nhất được giao", earliest),
                RegisterFact("giao tài sản \(asset.assetNo)", takenOn),
            ])
    }

    /// Enters an act with the citation of its rule in force on its day; for older days, of the rule's first value.
    mutating func add(
        _ finding: FindingKind, _ id: String, on act: Day, trigger: Day?, due: Day?,
        asset: String? = nil, facts: [RegisterFact]
    ) {
        guard let rule = law.rule(id, on: act) ?? law.editions[id]?.first else { return }
        rows.append(
            RegisterRow(
                finding: finding, duty: nil, unit: file.key.unit, decisionNo: file.key.decisionNo,
                assetNo: asset, officer: file.officer, rule: id, citation: rule.citation,
                verified: rule.verified, triggerOn: trigger, dueOn: due, doneOn: act, daysLate: 0,
                facts: facts))
    }
}

extension Asset {
    /// The auction held last by `day`; of one day the later round.
    fileprivate func auction(before day: Day) -> AuctionRound? {
        var last: AuctionRound?
        for round in rounds {
            guard let held = round.heldOn, held <= day else { continue }
            if let known = last, let knownOn = known.heldOn,
                (held, round.round) < (knownOn, known.round)
            {
                continue
            }
            last = round
        }
        return last
    }
}
