internal import Rules

// From the columns that scores read of each kind, in their order (`ScoredCases`).

extension Decision {
    init(scored row: FactReader) throws {
        self.init(
            kind: try row.word(1, DecisionKind.self), decidedOn: try row.day(2),
            ground: row.optionalText(3), amount: row.optionalDong(4))
    }
}

extension Payment {
    init(scored row: FactReader) throws {
        self.init(
            receiptNo: "", paidOn: try row.day(1), amount: row.dong(2),
            source: try row.word(3, PaymentSource.self), reversedOn: try row.optionalDay(4))
    }
}

extension Verification {
    init(scored row: FactReader) throws {
        self.init(verifiedOn: try row.day(1), result: try row.word(2, VerificationResult.self))
    }
}

extension Violation {
    init(scored row: FactReader) throws {
        self.init(
            foundOn: try row.day(1), severity: try row.word(2, Severity.self),
            repairedOn: try row.optionalDay(3))
    }
}

extension Nomination {
    init(scored row: FactReader) throws {
        self.init(
            list: row.text(1), submittedOn: try row.day(2), withdrawnOn: try row.optionalDay(3))
    }
}

extension Coercion {
    init(scored row: FactReader) throws {
        self.init(
            decidedOn: try row.day(1), measure: try row.word(2, CoercionMeasure.self),
            number: nil, plannedOn: try row.optionalDay(3), notifiedOn: nil,
            carriedOutOn: try row.optionalDay(4), isMobilised: false, cost: nil,
            outcome: try row.optionalWord(5, CoercionOutcome.self))
    }
}

extension Asset {
    init(scored row: FactReader) throws {
        self.init(assetNo: "", kind: try row.word(2, AssetKind.self), seizedOn: try row.day(3))
        valuedOn = try row.optionalDay(4)
        value = row.optionalDong(5)
        disposedOn = try row.optionalDay(6)
        disposal = try row.optionalWord(7, Disposal.self)
    }
}

extension AuctionRound {
    init(scored row: FactReader) throws {
        self.init(round: Int(row.int64(0)), startingPrice: row.dong(1))
        contractOn = try row.optionalDay(2)
        heldOn = try row.optionalDay(3)
        outcome = try row.optionalWord(4, RoundOutcome.self)
    }
}

extension Valuation {
    init(scored row: FactReader) throws {
        self.init(
            number: Int(row.int64(0)), contractOn: nil, valuedOn: try row.optionalDay(1),
            value: row.optionalDong(2), appraiser: nil, validUntil: nil)
    }
}

extension Reduction {
    init(scored row: FactReader) throws {
        self.init(
            number: Int(row.int64(0)), noticeOn: nil, reducedOn: try row.optionalDay(1),
            reducedPrice: row.optionalDong(2), agreed: false)
    }
}
