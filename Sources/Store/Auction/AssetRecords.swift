internal import GRDB
internal import Rules

extension ReadScope {
    /// The assets of the selected cases with their valuations, rounds, reductions and offers, by case id.
    func assets(_ selection: CaseSelection) throws -> [Int64: [Asset]] {
        var assets: [Asset] = []
        var caseOf: [Int64] = []
        var index: [Int64: Int] = [:]
        try forEachCaseFact(
            "assets",
            "id, asset_no, asset_kind, seized_on, description, valuation_contract_on, valued_on, "
                + "value, appraiser, disposed_on, disposal, co_owned", selection
        ) { row in
            index[row.int64(1)] = assets.count
            caseOf.append(row.int64(0))
            assets.append(try Asset(reading: row))
        }
        guard !assets.isEmpty else { return [:] }
        try readValuations(selection) { id, fact in
            if let at = index[id] { assets[at].valuations.append(fact) }
        }
        try readRounds(selection) { id, fact in
            if let at = index[id] { assets[at].rounds.append(fact) }
        }
        try readReductions(selection) { id, fact in
            if let at = index[id] { assets[at].reductions.append(fact) }
        }
        try readOffers(selection) { id, fact in
            if let at = index[id] { assets[at].offers.append(fact) }
        }
        var byCase: [Int64: [Asset]] = [:]
        for (at, asset) in assets.enumerated() { byCase[caseOf[at], default: []].append(asset) }
        return byCase
    }

    /// Runs `SELECT asset_id, columns FROM table` over the assets of the selected cases, in the given order.
    private func forEachAssetFact(
        _ table: String, _ columns: String, _ selection: CaseSelection, order: String,
        _ body: (FactReader) throws -> Void
    ) throws {
        let listed = columns.split(separator: ",").map { "t." + $0.drop { $0 == " " } }
        try forEachFact(
            """
            SELECT t.asset_id, \(listed.joined(separator: ", "))
            FROM \(try keys("cases")) c JOIN \(try keys("units")) u ON u.id = c.unit_id
            JOIN \(try keys("assets")) s ON s.case_id = c.id
            JOIN \(try facts(table)) t ON t.asset_id = s.id
            WHERE \(try condition(selection)) ORDER BY t.asset_id, t.\(order)
            """, selection.arguments, body)
    }

    private func readValuations(
        _ selection: CaseSelection, _ take: (Int64, Valuation) -> Void
    ) throws {
        try forEachAssetFact(
            "valuations", "number, contract_on, valued_on, value, appraiser, valid_until",
            selection, order: "number"
        ) { row in
            take(
                row.int64(0),
                Valuation(
                    number: Int(row.int64(1)), contractOn: try row.optionalDay(2),
                    valuedOn: try row.optionalDay(3), value: row.optionalDong(4),
                    appraiser: row.optionalText(5), validUntil: try row.optionalDay(6)))
        }
    }

    private func readRounds(
        _ selection: CaseSelection, _ take: (Int64, AuctionRound) -> Void
    ) throws {
        try forEachAssetFact(
            "rounds",
            "round, starting_price, auction_house, contract_on, procedure, posted_on, held_on, "
                + "outcome, price, notified_on, notice_1_on, notice_2_on, deposit, registrants, "
                + "paid_in_full_on, delivered_on, cancelled_on",
            selection, order: "round"
        ) { row in take(row.int64(0), try AuctionRound(reading: row)) }
    }

    private func readReductions(
        _ selection: CaseSelection, _ take: (Int64, Reduction) -> Void
    ) throws {
        try forEachAssetFact(
            "reductions", "number, notice_on, reduced_on, reduced_price, agreed", selection,
            order: "number"
        ) { row in
            take(
                row.int64(0),
                Reduction(
                    number: Int(row.int64(1)), noticeOn: try row.optionalDay(2),
                    reducedOn: try row.optionalDay(3), reducedPrice: row.optionalDong(4),
                    agreed: row.flag(5)))
        }
    }

    private func readOffers(
        _ selection: CaseSelection, _ take: (Int64, CreditorOffer) -> Void
    ) throws {
        try forEachAssetFact(
            "offers", "offered_on, answer, answered_on, debtor_notified_on", selection,
            order: "offered_on"
        ) { row in
            take(
                row.int64(0),
                CreditorOffer(
                    offeredOn: try row.day(1), answer: try row.optionalWord(2, OfferAnswer.self),
                    answeredOn: try row.optionalDay(3), debtorNotifiedOn: try row.optionalDay(4)))
        }
    }
}

extension Asset {
    /// From the columns of `assets`, in their order.
    fileprivate init(reading row: FactReader) throws {
        self.init(
            assetNo: row.text(2), kind: try row.word(3, AssetKind.self), seizedOn: try row.day(4))
        description = row.optionalText(5)
        valuationContractOn = try row.optionalDay(6)
        valuedOn = try row.optionalDay(7)
        value = row.optionalDong(8)
        appraiser = row.optionalText(9)
        disposedOn = try row.optionalDay(10)
        disposal = try row.optionalWord(11, Disposal.self)
        coOwned = row.flag(12)
    }
}

extension AuctionRound {
    /// From the columns of `readRounds`, in their order.
    fileprivate init(reading row: FactReader) throws {
        self.init(round: Int(row.int64(1)), startingPrice: row.dong(2))
        auctionHouse = row.optionalText(3)
        contractOn = try row.optionalDay(4)
        procedure = try row.optionalWord(5, AuctionProcedure.self)
        postedOn = try row.optionalDay(6)
        heldOn = try row.optionalDay(7)
        outcome = try row.optionalWord(8, RoundOutcome.self)
        price = row.optionalDong(9)
        notifiedOn = try row.optionalDay(10)
        notice1On = try row.optionalDay(11)
        notice2On = try row.optionalDay(12)
        deposit = row.optionalDong(13)
        registrants = row.isNull(14) ? nil : Int(row.int64(14))
        paidInFullOn = try row.optionalDay(15)
        deliveredOn = try row.optionalDay(16)
        cancelledOn = try row.optionalDay(17)
    }
}
