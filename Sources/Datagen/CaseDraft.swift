import Rules

/// A case in the making: the facts that rules read, and the words around them.
struct CaseDraft {
    var file: CaseFile
    var size: CaseClass
    var judgmentNo: String?
    var judgmentOn: Day?
    var creditor = Bytes()
    var debtor = Bytes()
    var debtorAddress = Bytes()
    var obligation = Bytes()
    var note = Bytes()
    /// Columns that are not required stay empty, flags too.
    var leavesOptionalEmpty = false
    /// Reports run to this day; a fact after it has not been recorded.
    let horizon: Day
    private var decisionNumber = 0
    private var receiptNumber = 0

    init(file: CaseFile, size: CaseClass, horizon: Day = Season.yearEnd) {
        self.file = file
        self.size = size
        self.horizon = horizon
    }

    /// What is still due on that day (payments of every source and write-offs subtracted, floor 0).
    func remaining(on day: Day) -> Int64 {
        let paid = file.payments.filter {
            $0.paidOn <= day && ($0.reversedOn.map { day < $0 } ?? true)
        }.reduce(0) { $0 + $1.amount.amount }
        let written = file.decisions.filter { $0.decidedOn <= day }
            .reduce(0) { $0 + ($1.amount?.amount ?? 0) }
        return max(0, file.amountDue.amount - paid - written)
    }

    var isFinished: Bool {
        file.decisions.contains { $0.kind == .complete || $0.kind == .terminate }
    }

    var isNotEnforceable: Bool {
        file.decisions.last { $0.kind == .notEnforceable || $0.kind == .enforceable }?.kind
            == .notEnforceable
    }

    /// Records a decision under the case's next number; false when it lies past the horizon.
    @discardableResult
    mutating func decide(
        _ kind: DecisionKind, on day: Day, ground: String? = nil, groundOn: Day? = nil,
        until: Day? = nil, amount: Int64? = nil
    ) -> Bool {
        guard day <= horizon else { return false }
        decisionNumber += 1
        file.decisions.append(
            Decision(
                kind: kind, decidedOn: day, number: "\(decisionNumber)/QĐ-THA", ground: ground,
                groundOn: groundOn, untilOn: until, amount: amount.map(Dong.init)))
        return true
    }

    /// Records a payment under the case's next receipt; false when it lies past the horizon.
    @discardableResult
    mutating func pay(
        _ amount: Int64, on day: Day, _ source: PaymentSource, reversedOn: Day? = nil
    ) -> Bool {
        guard day <= horizon, amount > 0 else { return false }
        receiptNumber += 1
        let reversal = reversedOn.flatMap { $0 <= horizon ? $0 : nil }
        file.payments.append(
            Payment(
                receiptNo: "BL\(receiptNumber)", paidOn: day, amount: Dong(amount),
                source: source, reversedOn: reversal))
        return true
    }

    /// Records a verification, one a day at most; false when it lies past the horizon.
    @discardableResult
    mutating func verify(
        _ result: VerificationResult, on day: Day, ground: String? = nil
    ) -> Bool {
        guard day <= horizon, !file.verifications.contains(where: { $0.verifiedOn == day })
        else { return false }
        file.verifications.append(Verification(verifiedOn: day, result: result, ground: ground))
        return true
    }

    mutating func find(_ severity: Severity, on day: Day, repairedOn: Day? = nil) {
        guard day <= horizon, !file.violations.contains(where: { $0.foundOn == day })
        else { return }
        let repair = repairedOn.flatMap { $0 <= horizon ? $0 : nil }
        file.violations.append(Violation(foundOn: day, severity: severity, repairedOn: repair))
    }
}
