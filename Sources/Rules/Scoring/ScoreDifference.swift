/// One case of a target whose share is not what it was.
public struct CaseDifference: Sendable, Equatable {
    /// Empty for a report.
    public let decisionNo: String
    public let numeratorThen: Int64
    public let denominatorThen: Int64
    public let numeratorNow: Int64
    public let denominatorNow: Int64
    /// One sentence in Vietnamese.
    public let reason: String
}

/// The cases that two explanations of one target tell apart, sorted by decision number. A case with several
/// entries counts with their sum.
public func differences(
    from then: Explanation, to now: Explanation
) -> [CaseDifference] {
    let before = Dictionary(grouping: then.reasons, by: \.decisionNo)
    let after = Dictionary(grouping: now.reasons, by: \.decisionNo)
    return Set(before.keys).union(after.keys).sorted().compactMap { number in
        let (old, new) = (before[number] ?? [], after[number] ?? [])
        let difference = CaseDifference(
            decisionNo: number, numeratorThen: old.sum(\.numerator),
            denominatorThen: old.sum(\.denominator), numeratorNow: new.sum(\.numerator),
            denominatorNow: new.sum(\.denominator),
            reason: new.isEmpty
                ? "Không còn trong chỉ tiêu; trước đây: \(old.sentences)" : new.sentences)
        let isSame =
            difference.numeratorThen == difference.numeratorNow
            && difference.denominatorThen == difference.denominatorNow
        return isSame ? nil : difference
    }
}

extension [CaseReason] {
    fileprivate func sum(_ part: (CaseReason) -> Int64) -> Int64 {
        Int64(clamping: reduce(Int128(0)) { $0 + Int128(part($1)) })
    }

    fileprivate var sentences: String { map(\.reason).joined(separator: " ") }
}
