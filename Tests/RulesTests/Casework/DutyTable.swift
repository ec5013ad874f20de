import Rules
import Testing

/// One line of a case table: the facts, the day, and the duties that are open on it.
struct DutyRow: Sendable, CustomTestStringConvertible {
    let why: String
    let article: String
    let asOf: String
    /// `duty rule trigger→due` of each open duty but those of the plan's own periods, in any order.
    let open: [String]
    /// Also duties of rule `policy` and `plan`.
    let plan: Bool
    let fill: @Sendable (inout CaseFile) throws -> Void

    init(
        _ why: String, _ article: String, on asOf: String, _ open: [String], plan: Bool = false,
        _ fill: @escaping @Sendable (inout CaseFile) throws -> Void
    ) {
        self.why = why
        self.article = article
        self.asOf = asOf
        self.open = open
        self.plan = plan
        self.fill = fill
    }

    var testDescription: String { "\(article): \(why) (\(asOf))" }

    /// A case of 100 million decided on Monday 01/03/2021, told to the debtor the same day, with its officer.
    func file() throws -> CaseFile {
        var file = try Make.file(due: 100_000_000, decided: "01/03")
        file.officer = "MX-01"
        file.assignedOn = try day("01/03")
        file.debtorNotifiedOn = try day("01/03")
        try fill(&file)
        return file
    }

    func check() throws {
        let plan = plan ? try RealLaw.plan() : nil
        let duties = caseDuties(
            of: try file(), plan: plan, law: try RealLaw.table(), asOf: try day(asOf))
        #expect(duties.open.map(DutyRow.written).sorted() == open.sorted(), "\(article): \(why)")
    }

    static func written(_ duty: Duty) -> String {
        "\(duty.kind.rawValue) \(duty.rule) \(short(duty.triggerOn))→\(short(duty.dueOn))"
    }

    /// `dd/mm`, with the year where it is not 2021.
    static func short(_ day: Day) -> String {
        let text = day.vietnamese
        return text.hasSuffix("/2021") ? String(text.dropLast(5)) : text
    }
}

/// Short ways to write the facts.
extension CaseFile {
    mutating func decide(
        _ kind: DecisionKind, _ on: String, ground: String? = nil, since: String? = nil,
        until: String? = nil, amount: Int64? = nil
    ) throws {
        decisions.append(
            Decision(
                kind: kind, decidedOn: try day(on), ground: ground,
                groundOn: try since.map { try day($0) }, untilOn: try until.map { try day($0) },
                amount: amount.map { Dong($0) }))
    }

    mutating func verify(_ result: VerificationResult, _ on: String) throws {
        verifications.append(Verification(verifiedOn: try day(on), result: result))
    }

    mutating func pay(_ amount: Int64, _ on: String, reversed: String? = nil) throws {
        payments.append(try Make.payment(amount, on, reversed: reversed))
    }

    /// Told the debtor on another day, or not at all.
    mutating func tell(_ on: String?) throws { debtorNotifiedOn = try on.map { try day($0) } }
}
