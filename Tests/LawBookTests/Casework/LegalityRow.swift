import LawBook
import Rules
import Testing

/// One line of the table: what is on file, what is to be decided, and what the law says.
struct LegalityRow: Sendable, CustomTestStringConvertible {
    enum Expected: Sendable, Equatable {
        case lawful
        /// Allowed, but late by this rule.
        case late(String)
        /// Refused by this article.
        case refused(String)
        /// Somebody must answer these.
        case asks([String])
    }

    let facts: String
    let decision: ProposedDecision
    let expected: Expected
    let file: @Sendable (inout CaseFile) -> Void

    /// - Parameter day: `dd/mm/yyyy` or, in 2021, `dd/mm`; so are all days of a row.
    init(
        _ facts: String, _ kind: DecisionKind, _ day: String, ground: String? = nil,
        groundOn: String? = nil, until: String? = nil, amount: Int64? = nil,
        confirmed: Set<String> = [], _ expected: Expected,
        _ file: @escaping @Sendable (inout CaseFile) -> Void = { _ in }
    ) {
        self.facts = facts
        decision = ProposedDecision(
            kind: kind, decidedOn: on(day), ground: ground, groundOn: groundOn.map(on),
            untilOn: until.map(on), amount: amount.map { Dong($0) }, confirmed: confirmed)
        self.expected = expected
        self.file = file
    }

    var testDescription: String {
        "\(facts); \(decision.kind.rawValue) \(decision.ground ?? "") ngày \(decision.decidedOn)"
    }
}

/// A day of the table; one that does not exist is a mistake of the table.
func on(_ text: String) -> Day {
    let parts = text.split(separator: "/").compactMap { Int($0) }
    guard parts.count > 1, let day = Day(parts.count == 3 ? parts[2] : 2021, parts[1], parts[0])
    else { preconditionFailure("no such day: \(text)") }
    return day
}

extension CaseFile {
    /// 100,000,000 đồng on request, decided on 05/01/2017.
    static var ofTheTable: CaseFile {
        CaseFile(
            key: CaseKey(unit: "MX", decisionNo: "01/QĐ-CCTHADS"), decisionOn: on("05/01/2017"),
            initiative: .onRequest, amountDue: Dong(100_000_000))
    }

    mutating func decided(
        _ kind: DecisionKind, _ day: String, ground: String? = nil, until: String? = nil
    ) {
        decisions.append(
            Decision(
                kind: kind, decidedOn: on(day), ground: ground, untilOn: until.map(on)))
    }

    mutating func verified(_ result: VerificationResult, _ day: String, ground: String? = nil) {
        verifications.append(Verification(verifiedOn: on(day), result: result, ground: ground))
    }

    mutating func paid(_ amount: Int64, _ day: String, _ source: PaymentSource = .voluntary) {
        payments.append(
            Payment(receiptNo: day, paidOn: on(day), amount: Dong(amount), source: source))
    }

    mutating func seized(
        _ no: String, _ day: String, failed: String? = nil, refused: String? = nil,
        released: String? = nil
    ) {
        var asset = Asset(assetNo: no, kind: .realEstate, seizedOn: on(day))
        if let failed {
            var round = AuctionRound(round: 1, startingPrice: Dong(90_000_000))
            round.heldOn = on(failed)
            round.outcome = .noBids
            asset.rounds = [round]
        }
        if let refused {
            asset.offers = [
                CreditorOffer(
                    offeredOn: on(refused) - 5, answer: .refused, answeredOn: on(refused))
            ]
        }
        if let released {
            asset.disposedOn = on(released)
            asset.disposal = .released
        }
        assets.append(asset)
    }

    mutating func exempted(_ kind: ExemptionKind, _ day: String, _ amount: Int64) {
        exemptions.append(
            Exemption(
                proposedOn: on(day) - 20, kind: kind, decidedOn: on(day), outcome: .granted,
                grantedAmount: Dong(amount)))
    }
}
