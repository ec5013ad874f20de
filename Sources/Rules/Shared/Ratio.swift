/// An exact fraction with a positive denominator, not reduced: a rate keeps the rows it was counted from.
/// Compared without overflow; results of arithmetic are reduced and trap on overflow; rounded only where
/// it is printed.
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

    public static let zero = Ratio(0)
    public static let one = Ratio(1)

    /// The same value in lowest terms.
    public var reduced: Ratio {
        let divisor = Ratio.commonDivisor(numerator, denominator)
        return divisor > 1 ? Ratio(numerator / divisor, denominator / divisor) : self
    }

    /// The greatest whole number not above the value.
    public var floor: Int128 {
        let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
        return remainder < 0 ? quotient - 1 : quotient
    }

    /// The least whole number not below the value.
    public var ceiling: Int128 {
        let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
        return remainder > 0 ? quotient + 1 : quotient
    }

    static func commonDivisor(_ a: Int128, _ b: Int128) -> Int128 {
        var a = a.magnitude
        var b = b.magnitude
        while b != 0 { (a, b) = (b, a % b) }
        return Int128(a)
    }
}

extension Ratio: Comparable {
    /// Equal in value: 8/10 is 80/100.
    public static func == (a: Ratio, b: Ratio) -> Bool {
        let left = a.numerator.multipliedFullWidth(by: b.denominator)
        let right = b.numerator.multipliedFullWidth(by: a.denominator)
        return left.high == right.high && left.low == right.low
    }

    public static func < (a: Ratio, b: Ratio) -> Bool {
        let left = a.numerator.multipliedFullWidth(by: b.denominator)
        let right = b.numerator.multipliedFullWidth(by: a.denominator)
        return (left.high, left.low) < (right.high, right.low)
    }
}

extension Ratio {
    public static func + (a: Ratio, b: Ratio) -> Ratio {
        let shared = commonDivisor(a.denominator, b.denominator)
        let factor = b.denominator / shared
        let sum = a.numerator * factor + b.numerator * (a.denominator / shared)
        return Ratio(sum, a.denominator * factor).reduced
    }

    public static prefix func - (a: Ratio) -> Ratio { Ratio(-a.numerator, a.denominator) }

    public static func - (a: Ratio, b: Ratio) -> Ratio { a + (-b) }

    public static func * (a: Ratio, b: Ratio) -> Ratio {
        let x = Ratio(a.numerator, b.denominator).reduced
        let y = Ratio(b.numerator, a.denominator).reduced
        return Ratio(x.numerator * y.numerator, x.denominator * y.denominator)
    }

    /// Precondition: `b` is not zero.
    public static func / (a: Ratio, b: Ratio) -> Ratio {
        precondition(b.numerator != 0, "a ratio cannot be divided by zero")
        return a * Ratio(b.denominator, b.numerator)
    }

    public static func += (a: inout Ratio, b: Ratio) { a = a + b }

    /// Decimal text with `places` digits after the point, a half rounded away from zero; never `-0.00`.
    public func decimal(places: Int) -> String {
        let magnitude = numerator.magnitude
        let divisor = denominator.magnitude
        var (whole, remainder) = magnitude.quotientAndRemainder(dividingBy: divisor)
        var digits: [UInt8] = []
        digits.reserveCapacity(places)
        for _ in 0..<places {
            let (digit, rest) = Ratio.tenfold(remainder, by: divisor)
            digits.append(digit)
            remainder = rest
        }
        if remainder >= divisor - remainder {
            var index = places - 1
            while index >= 0, digits[index] == 9 {
                digits[index] = 0
                index -= 1
            }
            if index >= 0 { digits[index] += 1 } else { whole += 1 }
        }
        let isZero = whole == 0 && digits.allSatisfy { $0 == 0 }
        let sign = numerator < 0 && !isZero ? "-" : ""
        guard places > 0 else { return sign + String(whole) }
        return sign + String(whole) + "." + digits.map { String($0) }.joined()
    }

    /// Ten times a remainder below `divisor`, divided by it.
    private static func tenfold(_ remainder: UInt128, by divisor: UInt128) -> (UInt8, UInt128) {
        let product = remainder.multipliedFullWidth(by: 10)
        let (digit, rest) = divisor.dividingFullWidth(product)
        return (UInt8(digit), rest)
    }
}

extension Ratio: CustomStringConvertible {
    /// `numerator/denominator`.
    public var description: String { "\(numerator)/\(denominator)" }
}
