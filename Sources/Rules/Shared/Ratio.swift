/// An exact fraction with a positive denominator, not reduced: a rate keeps the rows it was counted from.
/// Compared and combined in Int128; rounded only where it is printed.
public struct Ratio: Sendable {
    public let numerator: Int128
    public let denominator: Int128

    /// Precondition: `denominator` is not zero. A negative denominator moves its sign to the numerator.
    public init(_ numerator: Int128, _ denominator: Int128) {
        precondition(denominator != 0, "a ratio needs a denominator")
        self.numerator = denominator < 0 ? -numerator : numerator
        self.denominator = denominator < 0 ? -denominator : denominator
    }

    public init(_ whole: Int) { self.init(Int128(whole), 1) }
}
