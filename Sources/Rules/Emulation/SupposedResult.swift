extension TargetResult {
    /// This result as it would stand with another rate; the count is then the rate's own fraction.
    ///
    /// - Parameter day: the as-of day, which tells what is still in progress.
    public func supposing(rate: Ratio, asOf day: Day) -> TargetResult {
        let state: TargetState =
            rate >= threshold ? .met : day <= dueOn ? .inProgress : .notMet
        return TargetResult(
            id: id, measure: measure, paragraph: paragraph,
            numerator: Int64(clamping: rate.numerator),
            denominator: Int64(clamping: rate.denominator), threshold: threshold, state: state,
            dueOn: dueOn, split: [], daysLate: daysLate, unverified: unverified, notes: notes)
    }
}
