import Rules
import Testing

/// Patterns that a person should look at; each row says how many of what, and whether that is a signal.
@Suite("Signals of collusion and loss")
struct AuctionSignalTests {
    /// Asset n of a case of its own, number n.
    static func files(
        _ count: Int, unit: String = "MX",
        _ fill: @Sendable (Int, inout Asset) throws -> Void
    ) throws -> [CaseFile] {
        try (1...count).map { number in
            var file = try Make.file("\(number)/QĐ") { file in
                file.assets = [
                    try Make.asset(seized: "01/03") { asset in try fill(number, &asset) }
                ]
            }
            file.key = CaseKey(unit: unit, decisionNo: "\(number)/QĐ")
            return file
        }
    }

    static func signals(
        _ files: [CaseFile], _ kind: AuctionSignalKind, on asOf: String = "30/09"
    ) throws -> [AuctionSignal] {
        let found = auctionSignals(
            of: files, houses: RecordTests.houses, appraisers: RecordTests.appraisers,
            law: try RealLaw.table(), asOf: try day(asOf))
        #expect(found.undetermined.isEmpty)
        return found.signals.filter { $0.kind == kind }
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let why: String
        let kind: AuctionSignalKind
        let count: Int
        /// `subject value` of each signal.
        let expected: [String]
        let fill: @Sendable (Int, inout Asset) throws -> Void
        var testDescription: String { "\(kind.rawValue): \(why)" }
    }

    /// Contracted with DG01 up to asset `most`, then with DG02.
    static func contracts(_ most: Int) -> @Sendable (Int, inout Asset) throws -> Void {
        { number, asset in
            try Standing.contracted()(&asset)
            asset.rounds[0].auctionHouse = number <= most ? "DG01" : "DG02"
        }
    }

    /// Rounds held by DG01, the first `most` of them without participants.
    static func rounds(_ most: Int) -> @Sendable (Int, inout Asset) throws -> Void {
        { number, asset in
            try Standing.failed()(&asset)
            asset.rounds[0].auctionHouse = "DG01"
            if number > most { asset.rounds[0].outcome = .noBids }
        }
    }

    /// Sold at `price` after two reductions from 900 million.
    static func sold(_ price: Int64) -> @Sendable (Int, inout Asset) throws -> Void {
        { _, asset in
            try RecordTests.sold(&asset)
            asset.rounds[2].price = Dong(price)
        }
    }

    static func reduced(
        to price: Int64, _ more: @escaping @Sendable (inout Asset) throws -> Void = { _ in }
    ) -> @Sendable (Int, inout Asset) throws -> Void {
        { _, asset in
            try Standing.failedThrice(&asset)
            asset.reductions[1].reducedPrice = Dong(price)
            try more(&asset)
        }
    }

    static let rows: [Row] = [
        Row(
            why: "4 of 5 contracts with one house", kind: .singleHouse, count: 5,
            expected: ["Đấu giá Tín Phát 4/5"], fill: contracts(4)),
        Row(
            why: "7 of 10 are at the limit", kind: .singleHouse, count: 10,
            expected: ["Đấu giá Tín Phát 7/10"], fill: contracts(7)),
        Row(
            why: "6 of 10 are below it", kind: .singleHouse, count: 10, expected: [],
            fill: contracts(6)),
        Row(
            why: "4 of 4: too few to compare", kind: .singleHouse, count: 4, expected: [],
            fill: contracts(4)),
        Row(
            why: "rounds under one contract are one", kind: .singleHouse, count: 4, expected: [],
            fill: { _, asset in try RecordTests.sold(&asset) }),
        Row(
            why: "3 assets, 6 reductions, all by 10%", kind: .alwaysToTheCap, count: 3,
            expected: [" 6/6"], fill: reduced(to: 729_000_000)),
        Row(
            why: "each second one by 9%", kind: .alwaysToTheCap, count: 3, expected: [],
            fill: reduced(to: 737_100_000)),
        Row(
            why: "2 assets, 4 reductions: too few", kind: .alwaysToTheCap, count: 2, expected: [],
            fill: reduced(to: 729_000_000)),
        Row(
            why: "reduced twice to the cap, failed again, nobody asked", kind: .noOffer, count: 1,
            expected: ["1/QĐ 1 1/1"], fill: reduced(to: 729_000_000)),
        Row(
            why: "offered after it", kind: .noOffer, count: 1, expected: [],
            fill: reduced(to: 729_000_000) { $0.offers = [try Make.offer("25/05")] }),
        Row(
            why: "offered before the failure only", kind: .noOffer, count: 1,
            expected: ["1/QĐ 1 1/1"],
            fill: reduced(to: 729_000_000) { $0.offers = [try Make.offer("19/05", .refused)] }),
        Row(
            why: "the second reduction was a mild one", kind: .noOffer, count: 1, expected: [],
            fill: reduced(to: 769_500_000)),
        Row(
            why: "not failed after the second reduction", kind: .noOffer, count: 1, expected: [],
            fill: { _, asset in try Standing.reducedTwice(&asset) }),
        Row(
            why: "disposed since", kind: .noOffer, count: 1, expected: [],
            fill: reduced(to: 729_000_000) {
                $0.disposal = .sold
                $0.disposedOn = try day("01/07")
            }),
        Row(
            why: "4 of 5 rounds without participants", kind: .emptyRounds, count: 5,
            expected: ["Đấu giá Tín Phát 4/5"], fill: rounds(4)),
        Row(
            why: "3 of 5 are below the limit", kind: .emptyRounds, count: 5, expected: [],
            fill: rounds(3)),
        Row(
            why: "4 of 4: too few", kind: .emptyRounds, count: 4, expected: [], fill: rounds(4)),
        Row(
            why: "sold at 629 of 900 million", kind: .lowPrice, count: 1,
            expected: ["1/QĐ 1 629/900"], fill: sold(629_000_000)),
        Row(
            why: "sold at 70% exactly", kind: .lowPrice, count: 1, expected: [],
            fill: sold(630_000_000)),
        Row(
            why: "sold low, then cancelled", kind: .lowPrice, count: 1, expected: [],
            fill: { number, asset in
                try sold(500_000_000)(number, &asset)
                asset.rounds[2].cancelledOn = try day("25/06")
            }),
        Row(
            why: "5 assets with one pair", kind: .samePair, count: 5,
            expected: ["Thẩm định Miền Tây + Đấu giá Tín Phát 5/5"],
            fill: { _, asset in try RecordTests.sold(&asset) }),
        Row(
            why: "3 of 5 with one pair", kind: .samePair, count: 5, expected: [],
            fill: { number, asset in
                try RecordTests.sold(&asset)
                asset.appraiser = number <= 3 ? "TD01" : "Công ty Lạ"
            }),
        Row(
            why: "no appraiser is named", kind: .samePair, count: 5, expected: [],
            fill: { _, asset in
                try RecordTests.sold(&asset)
                asset.appraiser = nil
            }),
    ]

    @Test("what is a signal and what is not", arguments: rows)
    func row(_ row: Row) throws {
        let found = try Self.signals(try Self.files(row.count, row.fill), row.kind)
        let shown = found.map { signal in
            "\(signal.subject) \(row.kind == .lowPrice ? signal.value.reduced : signal.value)"
        }
        #expect(shown == row.expected)
        for signal in found {
            #expect(signal.unit == (row.kind == .emptyRounds ? nil : "MX"))
            #expect(!signal.evidence.isEmpty)
        }
    }

    @Test("evidence names every row that it rests on")
    func evidence() throws {
        let files = try Self.files(1, Self.reduced(to: 729_000_000))
        let signal = try #require(try Self.signals(files, .noOffer).first)
        let rows = signal.evidence.map {
            "\($0.kind.rawValue) \($0.number) \($0.on?.vietnamese ?? "")"
        }
        #expect(
            rows == [
                "reductions 1 20/04/2021", "reductions 2 12/05/2021", "rounds 3 20/05/2021",
            ])
        #expect(signal.severity == .serious)
        let before = try Self.signals(files, .noOffer, on: "19/05")
        #expect(before.isEmpty, "not before the round failed")
    }

    @Test("a unit's contracts do not make another unit's signal")
    func byUnit() throws {
        let files =
            try Self.files(3, unit: "MX", Self.contracts(3))
            + Self.files(3, unit: "KS", Self.contracts(3))
        #expect(try Self.signals(files, .singleHouse).isEmpty)
        let rounds =
            try Self.files(3, unit: "MX", Self.rounds(3))
            + Self.files(3, unit: "KS", Self.rounds(3))
        #expect(try Self.signals(rounds, .emptyRounds).map(\.evidence.count) == [6])
    }

    @Test("without limits in the policy nothing is looked for, and that is said")
    func undetermined() throws {
        let book = try RealLaw.table()
        let law = LawTable(
            editions: book.editions.filter { !$0.key.hasPrefix("G-0") }, calendar: book.calendar,
            digest: book.digest)
        let found = auctionSignals(
            of: try Self.files(5, Self.contracts(5)), houses: RecordTests.houses,
            appraisers: RecordTests.appraisers, law: law, asOf: try day("30/09"))
        #expect(found.signals.isEmpty)
        #expect(found.undetermined.map(\.id) == ["G-01", "G-02", "G-03", "G-04", "G-05", "G-06"])
    }
}
