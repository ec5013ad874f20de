import Rules
import Testing

/// Whether a contract with an appraiser or an auction house could be signed on a day.
@Suite("Fit for a contract")
struct FitnessTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let why: String
        var on = "30/03"
        var kind = AssetKind.realEstate
        var value: Int64? = 900_000_000
        /// Codes of the obstacles; empty: fit.
        let expected: [String]
        var fill: @Sendable (inout RegisteredFirm) throws -> Void = { _ in }
        var testDescription: String { "\(on): \(why)" }
    }

    static let rows: [Row] = [
        Row(why: "nothing but a name is known", expected: []),
        Row(why: "licensed on that day", expected: []) { $0.licensedOn = try day("30/03") },
        Row(why: "licensed a day later", expected: ["not_yet_licensed"]) {
            $0.licensedOn = try day("31/03")
        },
        Row(why: "the licence's last day", expected: []) { $0.licenceUntil = try day("30/03") },
        Row(why: "the day after it", expected: ["licence_expired"]) {
            $0.licenceUntil = try day("29/03")
        },
        Row(why: "suspended from that day", expected: ["suspended"]) {
            $0.suspendedFrom = try day("30/03")
        },
        Row(why: "suspended until that day", expected: ["suspended"]) {
            $0.suspendedFrom = try day("01/03")
            $0.suspendedUntil = try day("30/03")
        },
        Row(why: "the suspension ended the day before", expected: []) {
            $0.suspendedFrom = try day("01/03")
            $0.suspendedUntil = try day("29/03")
        },
        Row(why: "suspended later", expected: []) { $0.suspendedFrom = try day("31/03") },
        Row(why: "movables only", expected: ["kind_not_covered"]) { $0.capability = .movable },
        Row(why: "movables only, and it is one", kind: .movable, expected: []) {
            $0.capability = .movable
        },
        Row(why: "real estate only", kind: .movable, expected: ["kind_not_covered"]) {
            $0.capability = .realEstate
        },
        Row(why: "both kinds", kind: .movable, expected: []) { $0.capability = .both },
        Row(why: "up to its value exactly", expected: []) { $0.valueUpTo = Dong(900_000_000) },
        Row(why: "a đồng above it", value: 900_000_001, expected: ["value_not_covered"]) {
            $0.valueUpTo = Dong(900_000_000)
        },
        Row(why: "the asset has no value yet", value: nil, expected: []) {
            $0.valueUpTo = Dong(1)
        },
        Row(
            why: "everything at once",
            expected: ["licence_expired", "suspended", "kind_not_covered", "value_not_covered"]
        ) {
            $0.licenceUntil = try day("01/01")
            $0.suspendedFrom = try day("01/03")
            $0.capability = .movable
            $0.valueUpTo = Dong(1)
        },
    ]

    @Test("by licence, suspension, kind and value", arguments: rows)
    func fitness(row: Row) throws {
        var firm = RegisteredFirm(role: .auctionHouse, code: "DG01", name: "Đấu giá Tín Phát")
        try row.fill(&firm)
        let register = FirmRegister(.auctionHouse, [firm])
        let law = try RealLaw.table()
        let on = try day(row.on)
        do throws(FirmRefusal) {
            let found = try register.checkContract(
                with: "DG01", kind: row.kind, value: row.value.map { Dong($0) },
                on: on, law: law)
            #expect(found == firm)
            #expect(row.expected.isEmpty)
        } catch {
            let refusal = error
            #expect(refusal.obstacles.map(\.code) == row.expected)
            #expect(refusal.rule.id == "V-08a")
            #expect(refusal.rule.citation.description == "LĐGTS Điều 56")
        }
    }

    @Test("a firm is found by code or name, in any spelling; an unknown one is not refused")
    func names() throws {
        var firm = RegisteredFirm(role: .appraiser, code: "TD-07", name: "Thẩm định Miền Tây")
        firm.licenceUntil = try day("01/01")
        let register = FirmRegister(.appraiser, [firm])
        for text in ["TD-07", "td07", "THAM DINH MIEN TAY", "Thẩm  định miền Tây"] {
            #expect(register.firm(named: text) == firm)
        }
        let law = try RealLaw.table()
        let unknown = try register.checkContract(
            with: "Thẩm định Miền Đông", kind: .movable, value: nil, on: try day("30/03"), law: law)
        #expect(unknown == nil)
        let on = try day("30/03")
        do throws(FirmRefusal) {
            _ = try register.checkContract(
                with: "td 07", kind: .movable, value: nil, on: on, law: law)
            Issue.record("an expired firm was taken")
        } catch {
            #expect(
                error.sentence
                    == "Ngày 30/03/2021 không ký được hợp đồng với Thẩm định Miền Tây: "
                    + "giấy phép hết hiệu lực ngày 01/01/2021 (LTHADS Điều 98.2).")
        }
    }
}
