import Rules
import Testing

/// What firms did, computed from the facts.
@Suite("The record of a firm")
struct RecordTests {
    static let houses = FirmRegister(
        .auctionHouse,
        [
            RegisteredFirm(role: .auctionHouse, code: "DG01", name: "Đấu giá Tín Phát"),
            RegisteredFirm(role: .auctionHouse, code: "DG02", name: "Đấu giá Cửu Long"),
        ])
    static let appraisers = FirmRegister(
        .appraiser, [RegisteredFirm(role: .appraiser, code: "TD01", name: "Thẩm định Miền Tây")])

    static func file(_ no: String, _ fill: @Sendable (inout Asset) throws -> Void) throws
        -> CaseFile
    {
        try Make.file(no) { file in file.assets = [try Make.asset(seized: "01/03", fill)] }
    }

    /// Three rounds under one contract of DG01, the third sold at 800 of 729 million.
    static let sold: @Sendable (inout Asset) throws -> Void = { asset in
        try Standing.failedThrice(&asset)
        asset.appraiser = "TD01"
        for index in asset.rounds.indices {
            asset.rounds[index].auctionHouse = index == 1 ? "ĐẤU GIÁ TÍN PHÁT" : "DG01"
            asset.rounds[index].contractOn = try day("30/03")
        }
        asset.rounds[2].outcome = .sold
        asset.rounds[2].price = Dong(800_000_000)
    }

    static func registry(_ files: [CaseFile], on asOf: String = "30/09") throws -> AuctionRegistry {
        auctionRegistry(
            of: files, firms: RegisteredFirms(houses: houses, appraisers: appraisers),
            law: try RealLaw.table(), asOf: try day(asOf))
    }

    @Test("rounds, days a step, share sold, price over start")
    func house() throws {
        let registry = try Self.registry([try Self.file("1/QĐ", Self.sold)])
        let record = try #require(registry.houses.first?.record)
        #expect(record.contracts == 1 && record.assets == 1 && record.units == ["MX"])
        #expect(record.held == 3 && record.sold == 1 && record.failed == 2)
        #expect(record.noParticipants == 1 && record.cancelled == 0)
        #expect(record.shareSold == Ratio(1, 3))
        #expect(record.priceOverStart == Ratio(800, 729))
        // 30/03→19/04 20 days, →11/05 42, →20/05 51.
        #expect(record.contractToAuction.average == Ratio(113, 3))
        // 31/03→19/04 19, 22/04→11/05 19, 13/05→20/05 7.
        #expect(record.postingToAuction.average == Ratio(45, 3))
        #expect(record.auctionToNotice.average == Ratio(1))
    }

    @Test("nothing of a later day counts")
    func asOf() throws {
        let registry = try Self.registry([try Self.file("1/QĐ", Self.sold)], on: "12/05")
        let record = try #require(registry.houses.first?.record)
        #expect(record.held == 2 && record.sold == 0 && record.priceOverStart == nil)
    }

    @Test("a registered firm without rounds stands there with nothing; an unknown name is listed")
    func everyone() throws {
        let files = try ["1/QĐ", "2/QĐ"].map { no in
            try Self.file(no) { asset in
                try Standing.failed()(&asset)
                asset.appraiser = "Công ty Lạ"
                asset.rounds[0].auctionHouse = no == "1/QĐ" ? "Nhà  đấu giá X" : "nhà đấu giá x"
            }
        }
        let registry = try Self.registry(files)
        #expect(
            registry.houses.map(\.name) == [
                "Đấu giá Tín Phát", "Đấu giá Cửu Long", "Nhà  đấu giá X",
            ])
        #expect(registry.houses.map { $0.firm != nil } == [true, true, false])
        #expect(registry.houses.map(\.record.held) == [0, 0, 2])
        #expect(registry.houses[0].record.shareSold == nil)
        #expect(registry.appraisers.map(\.name) == ["Thẩm định Miền Tây", "Công ty Lạ"])
        #expect(registry.appraisers.map(\.record.valuations) == [0, 2])
    }

    @Test("a sale cancelled for want of payment is no sale")
    func cancelled() throws {
        let file = try Self.file("1/QĐ") { asset in
            try Self.sold(&asset)
            asset.rounds[2].cancelledOn = try day("21/06")
        }
        let record = try #require(try Self.registry([file]).houses.first?.record)
        #expect(record.held == 3 && record.sold == 0 && record.cancelled == 1)
        let before = try #require(try Self.registry([file], on: "20/06").houses.first?.record)
        #expect(before.sold == 1 && before.cancelled == 0)
    }

    @Test("an appraiser: days, revaluations, price over its value")
    func appraiser() throws {
        let file = try Self.file("1/QĐ") { asset in
            try Self.sold(&asset)
            asset.valuations = [
                Valuation(
                    number: 1, contractOn: try day("23/03"), valuedOn: try day("26/03"),
                    value: Dong(1_000_000_000), appraiser: "Thẩm Định Miền Tây")
            ]
        }
        let record = try #require(try Self.registry([file]).appraisers.first?.record)
        #expect(record.assets == 1 && record.contracts == 2 && record.valuations == 2)
        #expect(record.revaluations == 1)
        // 08/03→22/03 14 days, 23/03→26/03 3.
        #expect(record.contractToValue.average == Ratio(17, 2))
        #expect(record.sold == 1 && record.priceOverValue == Ratio(8, 10))
    }

    @Test("contracts with a firm that was not fit are found, one a contract")
    func findings() throws {
        var firm = RegisteredFirm(role: .auctionHouse, code: "DG01", name: "Đấu giá Tín Phát")
        firm.licenceUntil = try day("29/03")
        firm.valueUpTo = Dong(500_000_000)
        let registry = auctionRegistry(
            of: [try Self.file("1/QĐ", Self.sold)],
            firms: RegisteredFirms(
                houses: FirmRegister(.auctionHouse, [firm]), appraisers: Self.appraisers),
            law: try RealLaw.table(), asOf: try day("30/09"))
        let house = try #require(registry.houses.first)
        #expect(house.obstacles.map(\.code) == ["licence_expired"])
        #expect(house.findings.map(\.number) == [1])
        let refusal = try #require(house.findings.first?.refusal)
        #expect(refusal.on == (try day("30/03")))
        #expect(refusal.obstacles.map(\.code) == ["licence_expired", "value_not_covered"])
    }
}
