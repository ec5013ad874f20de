extension Payment {
    /// True when the payment was made by `day` and not reversed by then.
    public func counts(on day: Day) -> Bool {
        paidOn <= day && !(reversedOn.map { $0 <= day } ?? false)
    }
}

extension CaseFile {
    /// What is still to be enforced at the end of `day`, in đồng: the amount due less payments of every source
    /// and less what decisions wrote off, never below zero.
    public func remaining(on day: Day) -> Dong {
        var left = Int128(amountDue.amount)
        for payment in payments where payment.counts(on: day) {
            left -= Int128(payment.amount.amount)
        }
        for decision in decisions where decision.kind.writesOff && decision.decidedOn <= day {
            left -= Int128(decision.amount?.amount ?? 0)
        }
        return Dong(Int64(clamping: max(0, left)))
    }
}
