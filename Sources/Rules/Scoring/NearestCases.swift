/// The cases that would change a target's verdict soonest.
public struct NearestCases: Sendable, Equatable {
    public struct Entry: Sendable, Equatable {
        public let decisionNo: String
        /// What the case would add to the numerator: 1, or đồng.
        public let gain: Int64
        /// What remains of the case on the day, in đồng.
        public let remaining: Int64
    }

    /// What the numerator lacks for the threshold: cases, or đồng; never below zero.
    public let missing: Int64
    /// As few as make up for it: of money the largest first, of cases those with the least left to enforce.
    public let cases: [Entry]
    /// All open cases together would reach the threshold.
    public let isReachable: Bool
}

extension Explanation {
    /// What the target lacks on a day and the cases that would give it; nil where nothing is to be reached: met,
    /// not applicable or undetermined.
    public func nearest(in unit: UnitFile, asOf day: Day) -> NearestCases? {
        guard summary.state == .notMet || summary.state == .inProgress,
            summary.measure.report == nil
        else { return nil }
        let wanted = summary.threshold * Ratio(Int128(summary.denominator), 1)
        let missing = max(0, wanted.ceiling - Int128(summary.numerator))
        guard missing > 0 else { return nil }
        let left = Dictionary(
            unit.cases.map { ($0.key.decisionNo, $0.remaining(on: day).amount) },
            uniquingKeysWith: { a, _ in a })
        var open = reasons.compactMap { reason -> NearestCases.Entry? in
            let gain = reason.denominator - max(0, reason.numerator)
            guard reason.isCounted, gain > 0 else { return nil }
            return NearestCases.Entry(
                decisionNo: reason.decisionNo, gain: gain,
                remaining: left[reason.decisionNo] ?? 0)
        }
        let ofMoney = summary.countUnit == .money
        open.sort {
            if ofMoney, $0.gain != $1.gain { return $0.gain > $1.gain }
            return ($0.remaining, $0.decisionNo) < ($1.remaining, $1.decisionNo)
        }
        var taken: [NearestCases.Entry] = []
        var sum: Int128 = 0
        for entry in open where sum < missing {
            taken.append(entry)
            sum += Int128(entry.gain)
        }
        return NearestCases(
            missing: Int64(clamping: missing), cases: taken, isReachable: sum >= missing)
    }
}
