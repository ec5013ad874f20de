/// What a case is about, as far as its size goes.
enum CaseClass {
    case fee, civil, bank

    /// Amounts (đồng) at ten-thousandths of the class: log-normal with a heavy tail, cut at both ends.
    /// Between two knots the amount grows linearly. Means: fee 6 million, civil 80, bank 685.
    private var knots: [(share: Int, amount: Int64)] {
        switch self {
        case .fee: CaseClass.feeKnots
        case .civil: CaseClass.civilKnots
        case .bank: CaseClass.bankKnots
        }
    }

    /// The amount at a ten-thousandth (0 … 9,999), in whole thousands of đồng.
    func amount(at tenThousandth: Int, percent: Int64) -> Int64 {
        var low = knots[0]
        for high in knots.dropFirst() {
            if tenThousandth < high.share {
                let span = high.amount - low.amount
                let part = Int64(tenThousandth - low.share) * span / Int64(high.share - low.share)
                return max(100_000, (low.amount + part) * percent / 100_000 * 1000)
            }
            low = high
        }
        return low.amount * percent / 100_000 * 1000
    }

    private static let feeKnots: [(share: Int, amount: Int64)] = [
        (0, 100_000), (2000, 200_000), (3000, 300_000), (4000, 350_000), (5000, 400_000),
        (6000, 722_000), (7000, 1_358_000), (8000, 2_845_000), (8600, 4_962_000),
        (9000, 7_931_000), (9300, 12_473_000), (9600, 23_673_000), (9800, 47_978_000),
        (9900, 90_570_000), (9950, 162_007_000), (9980, 327_777_000), (9993, 685_419_000),
        (10_000, 1_533_319_000),
    ]
    private static let civilKnots: [(share: Int, amount: Int64)] = [
        (0, 500_000), (500, 1_068_000), (1000, 1_994_000), (2000, 4_243_000), (3000, 7_315_000),
        (4000, 11_651_000), (5000, 18_000_000), (6000, 27_809_000), (7000, 44_290_000),
        (8000, 76_356_000), (8600, 115_035_000), (9000, 162_511_000), (9300, 226_841_000),
        (9600, 363_666_000), (9800, 611_909_000), (9900, 977_136_000), (9950, 1_499_633_000),
        (9980, 2_520_140_000), (9993, 4_339_308_000), (10_000, 7_852_328_000),
    ]
    private static let bankKnots: [(share: Int, amount: Int64)] = [
        (0, 15_000_000), (500, 24_665_000), (1000, 41_139_000), (2000, 76_432_000),
        (3000, 119_470_000), (4000, 174_990_000), (5000, 250_000_000), (6000, 357_163_000),
        (7000, 523_143_000), (8000, 817_723_000), (8600, 1_144_390_000), (9000, 1_519_257_000),
        (9300, 1_997_156_000), (9600, 2_941_136_000), (9800, 4_506_541_000),
        (9900, 6_615_190_000), (9950, 9_399_497_000), (9980, 14_387_527_000),
        (9993, 22_465_956_000), (10_000, 36_539_538_000),
    ]
}

/// Draws the sizes of cases class by class, spread evenly over each class, so that even a few hundred cases
/// of a heavy-tailed class hold the share of the money that they should.
struct SizeLadder {
    private var drawn = Array(repeating: 0, count: 6)
    private let spread: EvenSpread

    init(start: UInt64) { spread = .root5(start) }

    /// The next amount of the class; those without means owe more: a fifth of the cases, a third of the money.
    mutating func nextAmount(of size: CaseClass, hasMeans: Bool) -> Int64 {
        let rung = (size == .fee ? 0 : size == .civil ? 2 : 4) + (hasMeans ? 0 : 1)
        drawn[rung] += 1
        return size.amount(
            at: spread.tenThousandth(drawn[rung]), percent: hasMeans ? 74 : 176)
    }
}
