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

    /// Plain digits, no separators.
    public var description: String { String(amount) }
}
