import LawBook
import Rules
import Testing

/// The separate ledger (ND62 Art. 9.5–9.6), escalation (plan II.1) and the review of old files (plan II.2).
@Suite("What a case's status does not show")
struct CaseRemarkTests {
    private let book: LawTable

    init() throws { book = try RealFiles.book.get() }

    struct LedgerRow: Sendable, CustomTestStringConvertible {
        let facts: String
        let on: String
        let expected: LedgerState
        let file: @Sendable (inout CaseFile) -> Void
        var testDescription: String { "\(facts), ngày \(on)" }
    }

    /// 44a on 02/03/2020 (a Monday): one year ends on 02/03/2021, the move is due on 05/03/2021.
    static let ledger: [LedgerRow] = {
        @Sendable func classified(_ file: inout CaseFile) {
            file.decided(.notEnforceable, "02/03/2020", ground: "44a.1.a")
            file.verified(.notEnforceable, "24/08/2020")
            file.verified(.notEnforceable, "22/02")
        }
        let due = LedgerState.due(since: on("02/03"), dueOn: on("05/03"))
        return [
            LedgerRow(facts: "chưa đủ 01 năm", on: "01/03", expected: .none, file: classified),
            LedgerRow(facts: "đủ 01 năm", on: "02/03", expected: due, file: classified),
            LedgerRow(facts: "ngày cuối để chuyển", on: "05/03", expected: due, file: classified),
            LedgerRow(
                facts: "đã chuyển", on: "06/03", expected: .kept(since: on("02/03")),
                file: classified),
            LedgerRow(facts: "mới xác minh một lần", on: "06/03", expected: .none) {
                classified(&$0)
                $0.verifications.removeLast()
            },
            LedgerRow(
                facts: "xác minh lần hai sau một năm", on: "17/05",
                expected: .due(since: on("17/05"), dueOn: on("20/05"))
            ) {
                classified(&$0)
                $0.verifications[1].verifiedOn = on("17/05")
            },
            LedgerRow(facts: "xác minh có điều kiện", on: "06/03", expected: .none) {
                classified(&$0)
                $0.verified(.enforceable, "01/03")
            },
            LedgerRow(facts: "chưa rõ địa chỉ: 02 năm", on: "06/03", expected: .none) {
                classified(&$0)
                $0.addressUnknown = true
            },
            LedgerRow(facts: "còn 02 năm tù: 02 năm", on: "06/03", expected: .none) {
                classified(&$0)
                $0.prisonUntil = on("02/03/2022")
            },
            LedgerRow(
                facts: "còn chưa đủ 02 năm tù", on: "06/03", expected: .kept(since: on("02/03"))
            ) {
                classified(&$0)
                $0.prisonUntil = on("01/03/2022")
            },
            LedgerRow(facts: "đã có điều kiện trở lại", on: "06/03", expected: .none) {
                classified(&$0)
                $0.decided(.enforceable, "04/03")
            },
            LedgerRow(facts: "đã kết thúc", on: "06/03", expected: .none) {
                classified(&$0)
                $0.decided(.complete, "04/03")
            },
        ]
    }()

    @Test("the separate ledger", arguments: ledger)
    func separateLedger(row: LedgerRow) throws {
        var file = CaseFile.ofTheTable
        row.file(&file)
        #expect(try file.ledgerState(book, on: on(row.on)) == row.expected)
    }

    @Test("a sensitive case waits for the committee once persuasion failed, until it met")
    func escalation() {
        var file = CaseFile.ofTheTable
        file.sensitivity = "ethnic_religious"
        #expect(file.escalation(on: on("31/05")) == nil)
        file.persuasions = [Persuasion(heldOn: on("05/03"), party: .debtor, outcome: .refused)]
        #expect(file.escalation(on: on("04/03")) == nil)
        #expect(file.escalation(on: on("31/05")) == on("05/03"))
        file.coercions = [Coercion(decidedOn: on("03/03"), measure: .seizure)]
        #expect(file.escalation(on: on("31/05")) == on("03/03"))
        file.coordination = [Coordination(heldOn: on("10/03"), agency: .police)]
        #expect(file.escalation(on: on("31/05")) != nil)
        file.coordination.append(Coordination(heldOn: on("12/03"), agency: .steeringCommittee))
        #expect(file.escalation(on: on("11/03")) != nil)
        #expect(file.escalation(on: on("12/03")) == nil)
        file.coordination = []
        file.sensitivity = "none"
        #expect(file.escalation(on: on("31/05")) == nil)
        let remarks = file.remarks(book, plan: nil, on: on("31/05"))
        #expect(remarks.isEmpty)
    }

    @Test("the review answers what the facts show and leaves the rest to a person")
    func review() {
        var file = CaseFile.ofTheTable
        file.receivedOn = on("20/12/2016")
        file.debtorNotifiedOn = on("09/01/2017")
        file.verified(.notEnforceable, "20/02/2017")
        file.decided(.notEnforceable, "01/03/2017", ground: "44a.1.a")
        file.decided(.postpone, "01/03/2018", ground: "48.1.x")
        file.violations = [Violation(foundOn: on("01/02/2020"), severity: .minor)]
        let states = Dictionary(
            uniqueKeysWithValues: file.reviewPoints(book, on: on("31/05")).map {
                ($0.rule.id, $0.state)
            })
        let expected: [String: FileReviewPoint.State] = [
            // Received 20/12/2016, decided 05/01/2017: due 27/12/2016.
            "K-01": .doubtful, "K-02": .inOrder,
            // Voluntary to 19/01/2017, verification due 31/01/2017 at the latest.
            "K-03": .doubtful, "K-04": .doubtful, "K-05": .inOrder, "K-06": .inOrder,
            "K-07": .doubtful, "K-08": .doubtful, "K-09": .byHand, "K-10": .byHand,
            "K-11": .byHand,
        ]
        #expect(states == expected)
    }
}
