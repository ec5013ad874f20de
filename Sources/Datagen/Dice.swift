/// A seeded stream of chances: xoshiro256** filled by splitmix64. Same seed and stream, same throws, on every machine.
struct Dice {
    private var a: UInt64
    private var b: UInt64
    private var c: UInt64
    private var d: UInt64

    /// `stream` keeps one subject's throws apart from another's, so that a case does not depend on its neighbours.
    init(seed: UInt64, stream: UInt64) {
        var state = seed &+ 0x9E37_79B9_7F4A_7C15 &* (stream &+ 1)
        a = Dice.splitmix(&state)
        b = Dice.splitmix(&state)
        c = Dice.splitmix(&state)
        d = Dice.splitmix(&state)
    }

    private static func splitmix(_ state: inout UInt64) -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func next() -> UInt64 {
        let fives = b &* 5
        let result = ((fives << 7) | (fives >> 57)) &* 9
        let t = b << 17
        c ^= a
        d ^= b
        b ^= c
        a ^= d
        c ^= t
        d = (d << 45) | (d >> 19)
        return result
    }

    /// 0 … bound − 1; 0 where the bound is not positive.
    mutating func below(_ bound: Int) -> Int {
        guard bound > 1 else { return 0 }
        return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    mutating func within(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.upperBound - range.lowerBound + 1)
    }

    mutating func chance(permille: Int) -> Bool { below(1000) < permille }

    /// An element of a list that is not empty.
    mutating func pick<Element>(_ list: [Element]) -> Element { list[below(list.count)] }

    /// An index drawn with these weights, whose sum is positive.
    mutating func weighted(_ weights: [Int]) -> Int {
        var throwLeft = below(weights.reduce(0, +))
        for (index, weight) in weights.enumerated() {
            if throwLeft < weight { return index }
            throwLeft -= weight
        }
        return weights.count - 1
    }
}

/// Evenly spread shares: the k-th member of a Kronecker sequence, so that a share of 80% is met
/// closely in every stretch of cases, not only on average.
struct EvenSpread {
    private let step: UInt64
    private let start: UInt64

    init(step: UInt64, start: UInt64) {
        self.step = step | 1
        self.start = start
    }

    /// 0 … 9,999 for the case with this running number.
    func tenThousandth(_ index: Int) -> Int {
        let point = start &+ step &* UInt64(truncatingIfNeeded: index)
        return Int(point.multipliedFullWidth(by: 10_000).high)
    }

    /// Fractions of √2, √3 and √5 in 64 bits: independent of one another.
    static func root2(_ start: UInt64) -> EvenSpread {
        EvenSpread(step: 0x6A09_E667_F3BC_C909, start: start)
    }
    static func root3(_ start: UInt64) -> EvenSpread {
        EvenSpread(step: 0xBB67_AE85_84CA_A73B, start: start)
    }
    static func root5(_ start: UInt64) -> EvenSpread {
        EvenSpread(step: 0x3C6E_F372_FE94_F82B, start: start)
    }
}
