import Rules
import Testing

/// Instalments and the payments that keep them (plan II.2): two of 1,000,000 đồng, due on 15/03 and 15/04.
struct CommitmentTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let facts: String
        /// Day and sum of each voluntary payment.
        let paid: [(String, Int64)]
        let on: String
        /// What each instalment is on that day, and what was paid on it.
        let expected: [(CommitmentStatus, Int64)]
        var testDescription: String { "\(facts), ngày \(on)" }
    }

    static let rows: [Row] = [
        Row(
            facts: "chưa nộp, trước hạn", paid: [], on: "14/03",
            expected: [(.open, 0), (.open, 0)]),
        Row(
            facts: "chưa nộp, đúng ngày đến hạn", paid: [], on: "15/03",
            expected: [(.open, 0), (.open, 0)]),
        Row(
            facts: "chưa nộp, ngày sau hạn", paid: [], on: "16/03",
            expected: [(.broken, 0), (.open, 0)]),
        Row(
            facts: "nộp đủ đúng hạn", paid: [("15/03", 1_000_000)], on: "16/03",
            expected: [(.paid, 1_000_000), (.open, 0)]),
        Row(
            facts: "nộp thiếu một đồng", paid: [("15/03", 999_999)], on: "16/03",
            expected: [(.broken, 999_999), (.open, 0)]),
        Row(
            facts: "nộp muộn một ngày", paid: [("16/03", 1_000_000)], on: "16/03",
            expected: [(.paid, 1_000_000), (.open, 0)]),
        Row(
            facts: "một khoản cho hai kỳ", paid: [("10/03", 2_000_000)], on: "16/04",
            expected: [(.paid, 1_000_000), (.paid, 1_000_000)]),
        Row(
            facts: "phần dư sang kỳ sau", paid: [("10/03", 1_400_000)], on: "16/04",
            expected: [(.paid, 1_000_000), (.broken, 400_000)]),
        Row(
            facts: "hai khoản cho một kỳ", paid: [("10/03", 600_000), ("15/03", 400_000)],
            on: "16/03", expected: [(.paid, 1_000_000), (.open, 0)]),
        Row(
            facts: "khoản nộp sau ngày tính thì chưa tính", paid: [("20/03", 1_000_000)],
            on: "16/03", expected: [(.broken, 0), (.open, 0)]),
    ]

    private func file(_ fill: (inout CaseFile) throws -> Void) throws -> CaseFile {
        try Make.file(due: 10_000_000) { file in
            file.commitments = [
                Commitment(dueOn: try day("15/04"), amount: Dong(1_000_000)),
                Commitment(dueOn: try day("15/03"), amount: Dong(1_000_000)),
            ]
            try fill(&file)
        }
    }

    @Test(arguments: rows)
    func instalmentsFillInOrder(_ row: Row) throws {
        let file = try file { file in
            file.payments = try row.paid.map { try Make.payment($0.1, $0.0) }
        }
        let states = file.commitmentStates(on: try day(row.on))
        #expect(states.map(\.status) == row.expected.map(\.0))
        #expect(states.map(\.paid.amount) == row.expected.map(\.1))
    }

    @Test func aLatePaymentIsPaidLateAndWasBrokenTheDayAfter() throws {
        let file = try file { $0.payments = [try Make.payment(1_000_000, "18/03")] }
        let first = try #require(file.commitmentStates(on: try day("01/04")).first)
        #expect(first.status == .paid && first.isPaidLate)
        #expect(first.brokenFrom == (try day("16/03")))
        #expect(first.receipts == ["voluntary 18/03"])
        let inTime = try self.file { $0.payments = [try Make.payment(1_000_000, "15/03")] }
        #expect(inTime.commitmentStates(on: try day("01/04"))[0].brokenFrom == nil)
    }

    @Test func onlyWhatTheDebtorPaysOfTheirOwnWillKeepsACommitment() throws {
        for source in PaymentSource.allCases where source != .voluntary {
            let file = try file { $0.payments = [try Make.payment(5_000_000, "10/03", source)] }
            #expect(file.brokenCommitments(on: try day("16/03")).count == 1, "\(source)")
        }
    }

    @Test func aReversedPaymentNoLongerKeepsIt() throws {
        let file = try file {
            $0.payments = [try Make.payment(1_000_000, "15/03", reversed: "18/03")]
        }
        #expect(file.brokenCommitments(on: try day("17/03")).isEmpty)
        #expect(file.brokenCommitments(on: try day("18/03")).map(\.dueOn) == [try day("15/03")])
    }

    @Test func whatWasPaidBeforeTheUndertakingDoesNotCount() throws {
        let file = try file { file in
            file.payments = [try Make.payment(1_000_000, "01/02")]
            file.persuasions = [
                Persuasion(heldOn: try day("05/02"), party: .debtor, outcome: .agreed)
            ]
        }
        #expect(file.brokenCommitments(on: try day("16/03")).count == 1)
        var without = file
        without.persuasions[0].outcome = .refused
        #expect(without.brokenCommitments(on: try day("16/03")).isEmpty)
    }

    @Test func nobodyWaitsForAnInstalmentOnceNothingIsLeft() throws {
        let file = try file { file in
            file.payments = [try Make.payment(10_000_000, "10/03", .auction)]
        }
        #expect(
            file.commitmentStates(on: try day("01/05")).map(\.status) == [.lapsed, .lapsed])
        let ended = try self.file {
            $0.decisions = [try Make.decision(.terminate, "01/04", ground: "50.1.a")]
        }
        #expect(
            ended.commitmentStates(on: try day("01/05")).map(\.status) == [.broken, .lapsed])
    }

    /// What is spread over the instalments is what was paid, no more and no less.
    @Test func noDongIsLostOrMade() throws {
        var numbers = Seeded(44)
        for _ in 0..<400 {
            let file = try file { file in
                file.amountDue = Dong(1_000_000_000)
                for index in 0..<Int(numbers.below(6)) {
                    file.commitments.append(
                        Commitment(
                            dueOn: try day("16/04") + index,
                            amount: Dong(Int64(numbers.below(2_000_000)))))
                }
                for index in 0..<Int(numbers.below(6)) {
                    var payment = try Make.payment(Int64(numbers.below(3_000_000)), "01/03")
                    payment.paidOn = payment.paidOn + index
                    file.payments.append(payment)
                }
            }
            let states = file.commitmentStates(on: try day("31/05"))
            let promised = file.commitments.reduce(Dong.zero) { $0 + $1.amount }
            let paid = file.payments.reduce(Dong.zero) { $0 + $1.amount }
            #expect(states.reduce(Dong.zero) { $0 + $1.paid } == min(promised, paid))
            #expect(states.allSatisfy { $0.missing >= .zero })
            // Nothing is paid on an instalment while an earlier one lacks something.
            let firstMissing = states.firstIndex { $0.missing > .zero } ?? states.count
            #expect(states.dropFirst(firstMissing + 1).allSatisfy { $0.paid == .zero })
        }
    }
}
