/// An amount of money in whole đồng. Arithmetic traps on overflow: a wrong sum is never printed.
public struct Dong: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let amount: Int64

    public init(_ amount: Int64) { self.amount = amount }

    public static let zero = Dong(0)
    public static func < (a: Dong, b: Dong) -> Bool { a.amount < b.amount }
    public static func + (a: Dong, b: Dong) -> Dong { Dong(a.amount + b.amount) }
    public static func - (a: Dong, b: Dong) -> Dong { Dong(a.amount - b.amount) }
    public static func += (a: inout Dong, b: Dong) { a = a + b }
    public static func -= (a: inout Dong, b: Dong) { a = a - b }

    /// The amount as a fraction over one.
    public var ratio: Ratio { Ratio(Int128(amount), 1) }

    /// What share this is of `whole`; nil when `whole` is nothing.
    public func ratio(of whole: Dong) -> Ratio? {
        whole.amount == 0 ? nil : Ratio(Int128(amount), Int128(whole.amount))
    }

    /// Plain digits, no separators.
    public var description: String { String(amount) }

    /// Digits in groups of three with a point, as offices write it: `1.234.567`.
    public var vietnamese: String {
        let digits = Array(String(amount.magnitude))
        var text = amount < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(".") }
            text.append(digit)
        }
        return text
    }
}
