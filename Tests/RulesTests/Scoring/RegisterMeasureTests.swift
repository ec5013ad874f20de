import Rules
import Testing

/// The measures over all cases of a unit, and over its reports.
struct RegisterMeasureTests {
    struct Issue: Sendable, CustomTestStringConvertible {
        let received: String?
        let decided: String
        let asOf: String
        let numerator: Int64
        let denominator: Int64
        let why: String
        var testDescription: String { why }
    }

    @Test(arguments: [
        Issue(
            received: "01/03", decided: "08/03", asOf: "31/05", numerator: 1, denominator: 1,
            why: "the fifth working day, Art. 36.1"),
        Issue(
            received: "01/03", decided: "09/03", asOf: "31/05", numerator: 0, denominator: 1,
            why: "the sixth"),
        Issue(
            received: "26/04", decided: "05/05", asOf: "31/05", numerator: 1, denominator: 1,
            why: "30/04 and 03/05 are days off"),
        Issue(
            received: "28/02", decided: "01/03", asOf: "31/05", numerator: 0, denominator: 0,
            why: "received before the window"),
        Issue(
            received: "31/05", decided: "07/06", asOf: "31/05", numerator: 1, denominator: 1,
            why: "decided after the as-of day, in time"),
        Issue(
            received: "20/05", decided: "21/05", asOf: "19/05", numerator: 0, denominator: 0,
            why: "received after the as-of day"),
        Issue(
            received: nil, decided: "21/05", asOf: "31/05", numerator: 0, denominator: 0,
            why: "no day of receipt: left out"),
    ])
    func decisionsAreTimely(_ row: Issue) throws {
        for initiative in [Initiative.onRequest, .exOfficio] {
            let file = try Make.file(decided: row.decided) { file in
                file.initiative = initiative
                file.receivedOn = try row.received.map { try day($0) }
            }
            let result = try Plan2021.result(.decisionsTimely, Make.unit([file]), on: row.asOf)
            #expect(result.numerator == row.numerator)
            #expect(result.denominator == row.denominator)
        }
    }

    @Test func aMissingPeriodLeavesTheTargetUndetermined() throws {
        let file = try Make.file(decided: "02/03") { $0.receivedOn = try day("01/03") }
        let law = try Law2021.table(without: ["E-03"])
        let plan = try Plan2021.plan()
        let unit = Make.unit([file])
        let result = try Plan2021.result(.decisionsTimely, unit, on: "31/05", law: law)
        #expect(result.state == .undetermined)
        #expect(result.notes.first?.contains("E-03") == true)
        let totals = provinceTotals([[result]], plan: plan, asOf: try day("31/05"))
        let total = totals.first { $0.measure == .decisionsTimely }
        #expect(total?.state == .undetermined)
    }

    struct Classified: Sendable, CustomTestStringConvertible {
        let verified: String?
        let result: VerificationResult
        let violation: String?
        let isRight: Bool
        let why: String
        var testDescription: String { why }
    }

    @Test(arguments: [
        Classified(
            verified: "15/04", result: .notEnforceable, violation: nil, isRight: true,
            why: "verified on the day"),
        Classified(
            verified: "15/10/2020", result: .notEnforceable, violation: nil, isRight: true,
            why: "verified six months before to the day"),
        Classified(
            verified: "14/10/2020", result: .notEnforceable, violation: nil, isRight: false,
            why: "verified a day too early"),
        Classified(
            verified: "16/04", result: .notEnforceable, violation: nil, isRight: false,
            why: "verified afterwards"),
        Classified(
            verified: "01/04", result: .enforceable, violation: nil, isRight: false,
            why: "verified to the contrary"),
        Classified(
            verified: nil, result: .enforceable, violation: nil, isRight: false,
            why: "never verified"),
        Classified(
            verified: "01/04", result: .notEnforceable, violation: "16/04", isRight: false,
            why: "a violation found afterwards"),
        Classified(
            verified: "01/04", result: .notEnforceable, violation: "15/04", isRight: true,
            why: "a violation found on the day is not after it"),
        Classified(
            verified: "01/04", result: .notEnforceable, violation: "01/06", isRight: true,
            why: "a violation found after the as-of day"),
    ])
    func classificationIsRight(_ row: Classified) throws {
        let file = try Make.file { file in
            file.decisions = [try Make.decision(.notEnforceable, "15/04")]
            if let verified = row.verified {
                file.verifications = [
                    Verification(verifiedOn: try day(verified), result: row.result)
                ]
            }
            if let found = row.violation {
                file.violations = [Violation(foundOn: try day(found), severity: .minor)]
            }
        }
        let result = try Plan2021.result(.classificationRight, Make.unit([file]), on: "31/05")
        #expect(result.numerator == (row.isRight ? 1 : 0))
        #expect(result.denominator == 1)
    }

    @Test func onlyClassificationsWithinTheWindowCount() throws {
        let file = try Make.file { file in
            file.decisions = [
                try Make.decision(.notEnforceable, "28/02"),
                try Make.decision(.enforceable, "10/03"),
                try Make.decision(.postpone, "11/03"),
                try Make.decision(.notEnforceable, "01/06"),
            ]
        }
        let result = try Plan2021.result(.classificationRight, Make.unit([file]), on: "30/06")
        #expect(result.denominator == 1)
    }

    @Test func violationsAreRepairedByTheAsOfDay() throws {
        let file = try Make.file { file in
            file.violations = [
                Violation(
                    foundOn: try day("10/02/2020"), severity: .minor, repairedOn: try day("10/03")),
                Violation(foundOn: try day("10/04"), severity: .serious),
                Violation(
                    foundOn: try day("01/06"), severity: .minor, repairedOn: try day("02/06")),
            ]
        }
        let unit = Make.unit([file])
        let before = try Plan2021.result(.violationsRepaired, unit, on: "09/03")
        #expect([before.numerator, before.denominator] == [0, 1])
        let end = try Plan2021.result(.violationsRepaired, unit, on: "31/05")
        #expect([end.numerator, end.denominator] == [1, 2])
    }

    struct Duty: Sendable, CustomTestStringConvertible {
        let submitted: String?
        let asOf: String
        let strict: Bool
        let numerator: Int64
        let late: Int
        let state: TargetState
        let why: String
        var testDescription: String { why }
    }

    /// "trước ngày 20/02/2021": a Saturday; deadlines of the plan do not roll.
    @Test(arguments: [
        Duty(
            submitted: "20/02", asOf: "31/05", strict: false, numerator: 1, late: 0, state: .met,
            why: "on X itself"),
        Duty(
            submitted: "20/02", asOf: "31/05", strict: true, numerator: 0, late: 0, state: .notMet,
            why: "strict: the day before; a Saturday late is no working day late"),
        Duty(
            submitted: "19/02", asOf: "31/05", strict: true, numerator: 1, late: 0, state: .met,
            why: "strict, in time"),
        Duty(
            submitted: "22/02", asOf: "31/05", strict: false, numerator: 0, late: 1, state: .notMet,
            why: "Monday after"),
        Duty(
            submitted: nil, asOf: "20/02", strict: false, numerator: 0, late: 0,
            state: .inProgress, why: "missing on X"),
        Duty(
            submitted: nil, asOf: "20/02", strict: true, numerator: 0, late: 0, state: .notMet,
            why: "strict, missing on X"),
        Duty(
            submitted: nil, asOf: "01/03", strict: false, numerator: 0, late: 6, state: .notMet,
            why: "missing, counted to the as-of day"),
        Duty(
            submitted: "10/03", asOf: "01/03", strict: false, numerator: 0, late: 6,
            state: .notMet, why: "a later submission is unseen"),
    ])
    func lists(_ row: Duty) throws {
        let reports = try row.submitted.map {
            [Report(kind: .lists, submittedOn: try day($0))]
        }
        let result = try Plan2021.result(
            .listsSubmitted, Make.unit([], reports: reports ?? []), on: row.asOf,
            plan: Plan2021.plan(strict: row.strict))
        #expect(result.numerator == row.numerator)
        #expect(result.denominator == 1)
        #expect(result.daysLate == row.late)
        #expect(result.state == row.state)
        #expect(result.dueOn == (try day(row.strict ? "19/02" : "20/02")))
    }

    @Test func withEmailCopyBothCount() throws {
        let plan = try Plan2021.plan(emailCopy: true)
        let paper = Report(kind: .summary, submittedOn: try day("03/06"))
        var both = paper
        both.emailedOn = try day("07/06")
        let missing = try Plan2021.result(
            .reportSubmitted, Make.unit([], reports: [paper]), on: "30/06", plan: plan)
        #expect(missing.daysLate == 18)
        let late = try Plan2021.result(
            .reportSubmitted, Make.unit([], reports: [both]), on: "30/06", plan: plan)
        #expect(late.daysLate == 1)
        let off = try Plan2021.result(
            .reportSubmitted, Make.unit([], reports: [paper]), on: "30/06")
        #expect(off.state == .met)
    }

    @Test func theSummaryIsADutyOfTheBranches() throws {
        let department = Make.unit([], code: "CUC", level: .province)
        let summary = try Plan2021.result(.reportSubmitted, department, on: "30/06")
        #expect(summary.state == .notApplicable)
        #expect(summary.daysLate == nil)
        #expect(try Plan2021.result(.listsSubmitted, department, on: "30/06").state == .notMet)
    }
}
