import LawBook
import Rules
import Testing

/// What the law of the day makes of a decision that is about to be made, on the book that ships.
@Suite("Legality of decisions")
struct DecisionLegalityTests {
    private let book: LawTable

    init() throws { book = try RealFiles.book.get() }

    @Test(
        "each line of the table",
        arguments: LegalityRow.classification + LegalityRow.postponement + LegalityRow.ending)
    func eachLine(row: LegalityRow) {
        var file = CaseFile.ofTheTable
        row.file(&file)
        switch judge(row.decision, on: file, law: book) {
        case .lawful(let notes):
            #expect(row.expected == (notes.first.map { .late($0.id) } ?? .lawful))
        case .refused(let refusal):
            #expect(row.expected == .refused(refusal.rule.citation.description))
            #expect(!refusal.remedy.isEmpty && !refusal.rule.text.isEmpty)
        case .undetermined(let questions):
            #expect(row.expected == .asks(questions.map(\.id)))
        }
    }

    @Test("the table has at least 60 lines, and each kind of decision is allowed and refused in it")
    func theTableIsWide() {
        let rows = LegalityRow.classification + LegalityRow.postponement + LegalityRow.ending
        #expect(rows.count >= 60)
        for kind in DecisionKind.allCases {
            let own = rows.filter { $0.decision.kind == kind }
            #expect(own.contains { $0.expected == .lawful }, "\(kind)")
            #expect(own.contains { $0.expected != .lawful }, "\(kind)")
        }
    }

    @Test("confirming what is asked makes a decision lawful, and confirms nothing that is refused")
    func confirmations() {
        for row in LegalityRow.classification + LegalityRow.postponement + LegalityRow.ending {
            var file = CaseFile.ofTheTable
            row.file(&file)
            var decision = row.decision
            let all = book.editions.keys.filter { $0.hasPrefix("Q.") }.map {
                String($0.dropFirst(2))
            }
            decision.confirmed = Set(all + ["law_of_the_day"])
            let verdict = judge(decision, on: file, law: book)
            if case .refused = row.expected {
                guard case .refused = verdict else {
                    Issue.record("\(row.testDescription): \(verdict)")
                    continue
                }
            } else {
                guard case .lawful = verdict else {
                    Issue.record("\(row.testDescription): \(verdict)")
                    continue
                }
            }
        }
    }

    @Test("the order in which facts were entered does not matter")
    func orderOfEntry() {
        var numbers = SystemRandomNumberGenerator()
        for row in LegalityRow.classification + LegalityRow.postponement + LegalityRow.ending {
            var file = CaseFile.ofTheTable
            row.file(&file)
            let verdict = judge(row.decision, on: file, law: book)
            var shuffled = file
            shuffled.verifications.shuffle(using: &numbers)
            shuffled.assets.shuffle(using: &numbers)
            shuffled.decisions.shuffle(using: &numbers)
            shuffled.exemptions.shuffle(using: &numbers)
            #expect(judge(row.decision, on: shuffled, law: book) == verdict)
        }
    }

    @Test("every kind of decision has grounds in 2021 but the one to continue after Art. 44a")
    func grounds() throws {
        let on = on("31/05")
        #expect(book.grounds(of: .postpone, on: on).map(\.code).count == 9)
        #expect(book.grounds(of: .postpone, on: on).map(\.code).contains("48.1.đ"))
        for kind in DecisionKind.allCases where kind != .enforceable {
            #expect(!book.grounds(of: kind, on: on).isEmpty, "\(kind)")
        }
        #expect(book.grounds(of: .enforceable, on: on).isEmpty)
    }
}
