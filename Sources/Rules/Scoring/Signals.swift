/// The checks for figures that look better than the work behind them. None changes a score: each names what a
/// person should look at (docs/signals.md).
public enum SignalCheck: String, Sendable, CaseIterable {
    /// Results made of terminated or exempted judgments rather than of collected money.
    case terminatedNotCollected = "terminated_not_collected"
    /// A classification changed shortly before a period's end and changed back shortly after it.
    case classificationSwing = "classification_swing"
    /// Facts dated before the close that came in after it.
    case recordedAfterClose = "recorded_after_close"
    /// A judgment delegated round until it is back where it was.
    case delegationCircle = "delegation_circle"
    /// Easy cases on a list of the largest while larger ones stay off it.
    case easyCasesListed = "easy_cases_listed"
    /// Fewer cases taken in before the year's end and more after it.
    case intakeHeldBack = "intake_held_back"
    /// Payments that counted at the close and were reversed after it.
    case reversedAfterClose = "reversed_after_close"
    /// Every reduction goes to the cap and the asset is never offered to the creditor.
    case reducedToTheCap = "reduced_to_the_cap"

    public var title: String {
        switch self {
        case .terminatedNotCollected: "Kết quả do đình chỉ, miễn giảm nhiều hơn do thu tiền"
        case .classificationSwing: "Đổi phân loại án quanh ngày cuối kỳ rồi đổi lại"
        case .recordedAfterClose: "Ghi lùi ngày: nhập sau khi chốt, ghi ngày trước khi chốt"
        case .delegationCircle: "Ủy thác vòng quanh"
        case .easyCasesListed: "Đưa việc nhỏ vào danh sách, để việc lớn ở ngoài"
        case .intakeHeldBack: "Thụ lý dồn sang kỳ sau"
        case .reversedAfterClose: "Hủy khoản thu sau khi chốt số liệu"
        case .reducedToTheCap: "Lần nào cũng giảm giá hết mức, không đề nghị nhận tài sản"
        }
    }
}

/// From which measure on a pattern is named; the plan may set its own.
public struct SignalSettings: Sendable, Equatable {
    /// How near to a period's end two opposite classifications lie, in days on either side.
    public var swingDays = 30
    /// How many reductions, or cases, make a habit.
    public var habit = 3
    /// The last month's intake as a share of the mean of the months before, at most.
    public var intakeDip = Ratio(50, 100)
    /// The next month's intake as a share of the same mean, at least.
    public var intakeSpike = Ratio(150, 100)

    public init() {}
}

/// What a signal was read from.
public struct SignalEvidence: Sendable, Equatable {
    /// Nil where it is of the unit as a whole.
    public let decisionNo: String?
    public let facts: [Fact]

    public init(_ decisionNo: String?, _ facts: [Fact]) {
        self.decisionNo = decisionNo
        self.facts = facts
    }
}

/// A pattern found in one unit.
public struct Signal: Sendable, Equatable {
    public enum Severity: String, Sendable { case notice, warning, serious }

    public let check: SignalCheck
    public let severity: Severity
    /// One sentence in Vietnamese.
    public let text: String
    public let evidence: [SignalEvidence]

    public init(
        _ check: SignalCheck, _ severity: Severity, _ text: String, _ evidence: [SignalEvidence]
    ) {
        self.check = check
        self.severity = severity
        self.text = text
        self.evidence = evidence
    }
}

/// All that the facts of one unit show, in the order of `SignalCheck`.
///
/// - Parameter close: the day on which the figures were closed: of the latest freeze, else the window's end.
public func signals(
    of unit: UnitFile, plan: CampaignPlan, law: LawTable, closedOn close: Day, asOf day: Day
) -> [Signal] {
    let look = SignalLook(
        unit: unit, plan: plan, settings: plan.settings.signals, law: law, close: close, day: day)
    return [
        look.terminatedNotCollected(), look.classificationSwing(), look.easyCasesListed(),
        look.intakeHeldBack(), look.reversedAfterClose(), look.reducedToTheCap(),
    ].compactMap { $0 }
}

/// One unit being looked at.
private struct SignalLook {
    let unit: UnitFile
    let plan: CampaignPlan
    let settings: SignalSettings
    let law: LawTable
    let close: Day
    let day: Day

    /// Over each money target the greater part was terminated or exempted.
    func terminatedNotCollected() -> Signal? {
        var evidence: [SignalEvidence] = []
        var (collected, written) = (Int128(0), Int128(0))
        for target in plan.targets where target.measure == .oldResolvedMoney {
            let counting = Counting(target: target, plan: plan, law: law, asOf: day)
            for file in unit.cases {
                guard let share = counting.listShare(of: file),
                    case .money(let money) = share.finding
                else { continue }
                collected += Int128(money.collected)
                let off = money.terminated + money.exempted
                written += Int128(off)
                guard off > 0 else { continue }
                evidence.append(
                    SignalEvidence(
                        file.key.decisionNo,
                        [
                            Fact("terminated", amount: money.terminated),
                            Fact("exempted", amount: money.exempted),
                            Fact("collected", amount: money.collected),
                        ]))
            }
        }
        guard written > collected else { return nil }
        return Signal(
            .terminatedNotCollected, .warning,
            "Đình chỉ, miễn giảm \(written) đồng, nhiều hơn số thu được \(collected) đồng.",
            evidence)
    }

    /// Opposite classifications on the two sides of the window's or the year's end.
    func classificationSwing() -> Signal? {
        var evidence: [SignalEvidence] = []
        let ends = Set([plan.window.end, plan.reportingYear.end])
        for file in unit.cases {
            let classes = file.decisionsInOrder(by: day).filter(\.kind.classifies)
            for (former, later) in zip(classes, classes.dropFirst())
            where former.kind != later.kind
                && ends.contains(where: { isAcross($0, former.decidedOn, later.decidedOn) })
            {
                evidence.append(
                    SignalEvidence(
                        file.key.decisionNo,
                        [
                            Fact(former.kind.rawValue, former.decidedOn),
                            Fact(later.kind.rawValue, later.decidedOn),
                        ]))
            }
        }
        guard !evidence.isEmpty else { return nil }
        return Signal(
            .classificationSwing, evidence.count >= settings.habit ? .serious : .warning,
            "\(evidence.count) lần đổi phân loại trong \(settings.swingDays) ngày trước rồi sau ngày cuối kỳ.",
            evidence)
    }

    private func isAcross(_ end: Day, _ former: Day, _ later: Day) -> Bool {
        former <= end && end < later && end - former <= settings.swingDays
            && later - end <= settings.swingDays
    }

    func easyCasesListed() -> Signal? {
        var evidence: [SignalEvidence] = []
        for list in plan.lists where list.size != nil {
            let seen = unitList(list, of: unit, plan: plan, asOf: day)
            for finding in seen.findings where finding.code == .largerLeftOut {
                guard let number = finding.decisionNo,
                    let left = seen.candidates.first(where: { $0.key.decisionNo == number })
                else { continue }
                evidence.append(
                    SignalEvidence(
                        number,
                        [
                            Fact("list", list.id),
                            Fact("remaining", amount: left.remaining.amount),
                            Fact(
                                "smallest_listed",
                                amount: seen.candidates.last { $0.isListed }?.remaining.amount ?? 0),
                        ]))
            }
        }
        guard !evidence.isEmpty else { return nil }
        return Signal(
            .easyCasesListed, .serious,
            "\(evidence.count) việc lớn hơn, đủ điều kiện, không được đưa vào danh sách.", evidence)
    }

    /// The last month of the last year that is past, against the eleven before it and the one after.
    func intakeHeldBack() -> Signal? {
        let end = plan.reportingYear(holding: day).start - 1
        let next = (end + 1).endOfMonth
        guard next <= day else { return nil }
        let first = (end + 1).adding(months: -12)
        let last = (end + 1).adding(months: -1)
        let received = unit.cases.compactMap(\.receivedOn)
        let before = received.count { first <= $0 && $0 < last }
        let dip = received.count { last <= $0 && $0 <= end }
        let spike = received.count { end < $0 && $0 <= next }
        let mean = Ratio(Int128(before), 11)
        guard before >= 11 * settings.habit,
            Ratio(Int128(dip), 1) <= mean * settings.intakeDip,
            Ratio(Int128(spike), 1) >= mean * settings.intakeSpike
        else { return nil }
        let monthly = mean.decimal(places: 2)
        return Signal(
            .intakeHeldBack, .warning,
            "Tháng cuối năm nhận \(dip) việc, tháng sau nhận \(spike) việc; bình quân \(monthly) việc một tháng.",
            [
                SignalEvidence(
                    nil,
                    [
                        Fact("month_from", last), Fact("received", String(dip)),
                        Fact("next_month_from", end + 1), Fact("received_next", String(spike)),
                        Fact("mean_before", monthly),
                    ])
            ])
    }

    func reversedAfterClose() -> Signal? {
        var evidence: [SignalEvidence] = []
        for file in unit.cases {
            for payment in file.payments where plan.window.contains(payment.paidOn) {
                guard let on = payment.reversedOn, on > close, on <= day else { continue }
                evidence.append(
                    SignalEvidence(
                        file.key.decisionNo,
                        [
                            Fact("receipt_no", payment.receiptNo), Fact("paid_on", payment.paidOn),
                            Fact("amount", amount: payment.amount.amount),
                            Fact("reversed_on", on),
                        ]))
            }
        }
        guard !evidence.isEmpty else { return nil }
        return Signal(
            .reversedAfterClose, .serious,
            "\(evidence.count) khoản thu trong đợt bị hủy sau ngày chốt \(close.vietnamese).",
            evidence)
    }

    /// All reductions of the unit to the cap, and no offer of any of these assets.
    func reducedToTheCap() -> Signal? {
        guard case .share(let cap) = law.rule("R-04", on: day)?.value else { return nil }
        var evidence: [SignalEvidence] = []
        for file in unit.cases {
            for asset in file.assets {
                for reduction in asset.reductions {
                    guard let on = reduction.reducedOn, on <= day,
                        let price = reduction.reducedPrice,
                        let former = asset.currentPrice(on: on - 1)
                    else { continue }
                    guard price.isReduced(from: former, by: cap),
                        !asset.offers.contains(where: { $0.offeredOn <= day })
                    else { return nil }
                    evidence.append(
                        SignalEvidence(
                            file.key.decisionNo,
                            [
                                Fact("asset_no", asset.assetNo), Fact("reduced_on", on),
                                Fact("price_before", amount: former.amount),
                                Fact("reduced_price", amount: price.amount),
                            ]))
                }
            }
        }
        guard evidence.count >= settings.habit else { return nil }
        return Signal(
            .reducedToTheCap, .notice,
            "Cả \(evidence.count) lần giảm giá đều hết mức \(cap.percent)%, không lần nào đề nghị nhận tài sản.",
            evidence)
    }
}

extension Ratio {
    /// In percent, with two decimals where it is no whole number.
    fileprivate var percent: String {
        let points = (self * Ratio(100)).reduced
        return points.denominator == 1 ? "\(points.numerator)" : points.decimal(places: 2)
    }
}

extension Dong {
    /// Whether the price is down from `former` by the share or more; a fraction of a đồng is let pass.
    fileprivate func isReduced(from former: Dong, by share: Ratio) -> Bool {
        Ratio(Int128(amount), 1) < Ratio(Int128(former.amount), 1) * (Ratio(1) - share) + Ratio(1)
    }
}

/// A case of a judgment that was delegated, as the store finds it.
public struct DelegatedCase: Sendable, Equatable {
    public let key: CaseKey
    public let judgmentNo: String
    /// Tells judgments of one number apart; shown nowhere.
    public let debtor: String?
    public let decisionOn: Day
    /// The days on which it was delegated, ascending.
    public let delegatedOn: [Day]

    public init(
        key: CaseKey, judgmentNo: String, debtor: String?, decisionOn: Day, delegatedOn: [Day]
    ) {
        self.key = key
        self.judgmentNo = judgmentNo
        self.debtor = debtor
        self.decisionOn = decisionOn
        self.delegatedOn = delegatedOn
    }
}

/// Judgments that went round: delegated by a unit, taken by another, delegated again and back, or delegated
/// twice by the same unit. By unit code.
///
/// - Parameter cases: the cases of all units whose judgment was delegated anywhere.
public func delegationCircles(
    _ cases: [DelegatedCase], habit: Int
) -> [String: Signal] {
    var evidence: [String: [SignalEvidence]] = [:]
    let judgments = Dictionary(grouping: cases) { [$0.judgmentNo, $0.debtor ?? ""] }
    for group in judgments.values {
        let judgment = group[0].judgmentNo
        let ordered = group.sorted { ($0.decisionOn, $0.key) < ($1.decisionOn, $1.key) }
        for (index, entry) in ordered.enumerated() {
            let hadItBefore = ordered[..<index].contains {
                $0.key.unit == entry.key.unit && !$0.delegatedOn.isEmpty
            }
            guard hadItBefore || entry.delegatedOn.count > 1 else { continue }
            let route = ordered.map { "\($0.key.unit) \($0.decisionOn)" }.joined(separator: " → ")
            evidence[entry.key.unit, default: []].append(
                SignalEvidence(
                    entry.key.decisionNo,
                    [Fact("judgment_no", judgment), Fact("route", route)]
                        + entry.delegatedOn.map { Fact("delegated_on", $0) }))
        }
    }
    return evidence.mapValues { found in
        let sorted = found.sorted { ($0.decisionNo ?? "") < ($1.decisionNo ?? "") }
        return Signal(
            .delegationCircle, found.count >= habit ? .serious : .warning,
            "\(found.count) việc ủy thác đi rồi quay lại.", sorted)
    }
}

/// A fact that came in after the close and is dated before it.
public struct LateRecord: Sendable, Equatable {
    public let key: CaseKey
    /// The kind of rows, e.g. `payments`.
    public let kind: String
    public let datedOn: Day
    public let receivedOn: Day
    public let change: Int64

    public init(key: CaseKey, kind: String, datedOn: Day, receivedOn: Day, change: Int64) {
        self.key = key
        self.kind = kind
        self.datedOn = datedOn
        self.receivedOn = receivedOn
        self.change = change
    }
}

/// What was recorded after the freeze with a day of the window, by unit code.
public func recordedAfterClose(
    _ records: [LateRecord], freeze: String, habit: Int
) -> [String: Signal] {
    Dictionary(grouping: records, by: \.key.unit).mapValues { found in
        Signal(
            .recordedAfterClose, found.count >= habit ? .serious : .warning,
            "\(found.count) dữ kiện ghi ngày trước khi chốt nhưng nhập sau bản chốt \(freeze).",
            found.sorted { ($0.key, $0.change, $0.kind) < ($1.key, $1.change, $1.kind) }.map {
                SignalEvidence(
                    $0.key.decisionNo,
                    [
                        Fact("kind", $0.kind), Fact("dated_on", $0.datedOn),
                        Fact("received_on", $0.receivedOn), Fact("change", String($0.change)),
                    ])
            })
    }
}
