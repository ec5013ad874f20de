/// What Art. 61 may bring: the whole sum, the rest of it, a part of the rest; or the rest of a fee or a fine for
/// hardship or merit.
public enum ExemptionMeasure: String, Sendable {
    case full, remainder, reduction, hardship
}

/// How one clause of Art. 61 stands for a case on a day.
public enum ExemptionOptionState: String, Sendable {
    /// Amount, payment and time are met.
    case open
    /// Amount and payment are met, the time is not.
    case later
    /// The amount fits, less than 1/50 is paid.
    case needsPayment = "needs_payment"
    /// The amount does not fit.
    case otherAmount = "other_amount"
    /// The file cannot say; a person decides.
    case undetermined
}

/// One clause of Art. 61 held against a case.
public struct ExemptionOption: Sendable {
    /// Row of the law book, `X-01` … `X-07`.
    public let rule: AppliedRule
    public let measure: ExemptionMeasure
    public let state: ExemptionOptionState
    /// The first day on which it may be requested, the amounts staying as they are; nil where they do not fit
    /// or where no time is asked for.
    public let from: Day?
    /// The most that may be granted at once, in đồng; nil where the case cannot get it.
    public let atMost: Dong?
}

/// Whether the office may ask the court to exempt or reduce what is due to the State budget.
public enum ExemptionVerdict: String, Sendable {
    /// No such sum, or nothing of it is left.
    case notApplicable = "not_applicable"
    /// A clause is open and nothing known stands against it.
    case eligible
    /// A clause is open, yet something stands against it, see `blockers`.
    case blocked
    /// A clause is open, or may be, and a person must decide something first, see `questions`.
    case undetermined
    /// Paying what lacks to 1/50 opens a clause at once.
    case needsPayment = "needs_payment"
    /// Nothing is open yet; `openFrom` is the first day on which something may be.
    case later
}

/// The adviser's answer for one case on one day.
public struct ExemptionAdvice: Sendable {
    public let verdict: ExemptionVerdict
    /// The sum due under the judgment, in đồng.
    public let due: Dong
    /// What was paid of it by the day, by whomever; exempted sums are not paid.
    public let paid: Dong
    /// 1/50 of what is due, rounded up to a whole đồng; nil where the book has no share for the day.
    public let threshold: Dong?
    /// How much more must be paid to reach it; 0 when it is reached.
    public let toPay: Dong?
    public let remaining: Dong
    /// The first enforcement decision, from which the years count (Art. 61.5).
    public let clockFrom: Day
    /// The first day on which a clause is open, with 1/50 paid; nil where none will be.
    public let openFrom: Day?
    public let options: [ExemptionOption]
    /// What stands against a request, each with what to do.
    public let blockers: [AppliedRule]
    /// What a person must decide.
    public let questions: [AppliedRule]
    /// What the answer rests on.
    public let rules: [AppliedRule]
}

extension CaseFile {
    /// Holds the case against Art. 61 of the enforcement law on `day`.
    public func exemptionAdvice(_ law: LawTable, on day: Day) -> ExemptionAdvice {
        var weighing = ExemptionWeighing(file: self, law: law, day: day)
        return weighing.advice()
    }

    /// What was paid by `day`, whatever the source; what was exempted is not paid.
    public func paid(on day: Day) -> Dong {
        var sum: Int128 = 0
        for payment in payments where payment.counts(on: day) && payment.source != .exempted {
            sum += Int128(payment.amount.amount)
        }
        return Dong(Int64(clamping: sum))
    }
}
