internal import GRDB
internal import Rules

/// Reads cases with what scores are counted from, and nothing else: no text of parties, no work of the
/// campaign. Statements are prepared once a reader, also for an earlier time of knowledge.
///
/// Ids and numbers that only an explanation shows are empty in these files.
final class ScoredCases {
    private let scope: ReadScope
    private let needs: ScoringNeeds
    private var prepared: [String: BoundStatement] = [:]

    init(_ scope: ReadScope, _ needs: ScoringNeeds) {
        self.scope = scope
        self.needs = needs
    }

    /// Hands each case that is needed, its id between both, with the row id of its unit, to `body`; by id.
    func forEach(
        from first: Int64, through last: Int64,
        _ body: (_ unit: Int64, borrowing CaseFile) throws -> Void
    ) throws {
        var found: [FoundCase] = []
        try run("cases", try caseQuery(), [first, last]) { found.append(try FoundCase($0)) }
        if needs.everyCase {
            try readEverything(&found)
        } else {
            for index in found.indices { try readNeeded(&found[index]) }
        }
        for entry in found { try body(entry.unit, entry.file) }
    }

    /// One case; nil where it is not seen.
    func one(_ id: Int64) throws -> (unit: Int64, file: CaseFile)? {
        var found: (Int64, CaseFile)?
        try forEach(from: id, through: id) { unit, file in found = (unit, copy file) }
        return found
    }

    private func run(
        _ name: String, _ sql: @autoclosure () throws -> String, _ arguments: [Int64],
        _ body: (FactReader) throws -> Void
    ) throws {
        let statement: BoundStatement
        if let known = prepared[name] {
            statement = known
        } else {
            statement = try BoundStatement(
                scope.db, try sql(), isKept: scope.knownAt == nil)
            prepared[name] = statement
        }
        for (index, value) in arguments.enumerated() {
            statement.bind(value, at: Int32(index + 1))
        }
        try statement.forEach { try body(FactReader(handle: $0)) }
    }
}

/// A case on its way: which of its facts are wanted.
private struct FoundCase {
    let id: Int64
    let unit: Int64
    let isListed: Bool
    /// Its classifications or violations are counted.
    let isJudged: Bool
    var file: CaseFile

    init(_ row: FactReader) throws {
        id = row.int64(0)
        unit = row.int64(1)
        file = CaseFile(
            key: CaseKey(unit: "", decisionNo: ""), decisionOn: try row.day(2),
            initiative: try row.word(3, Initiative.self), amountDue: row.dong(4),
            stateRevenue: row.flag(6))
        file.receivedOn = try row.optionalDay(5)
        file.creditInstitution = row.flag(7)
        file.officer = row.optionalText(8)
        isListed = row.flag(9)
        isJudged = row.flag(10)
    }
}

extension ScoredCases {
    /// Cases with an id from ?1 to ?2.
    private func caseQuery() throws -> String {
        let officer =
            needs.officers
            ? """
            coalesce((SELECT o.officer_code FROM officers o WHERE o.id = c.officer_id),
                (SELECT o.officer_code FROM officers_history o WHERE o.id = c.officer_id LIMIT 1))
            """ : "NULL"
        let listed = "SELECT n.case_id FROM nominations n WHERE n.case_id"
        let violated = "SELECT v.case_id FROM violations v WHERE v.case_id"
        let (judged, wanted) = needs.everyCase ? ("1", "") : conditions(listed, violated)
        return """
            SELECT c.id, c.unit_id, c.decision_on, c.initiative, c.amount_due, c.received_on,
                c.state_revenue, c.credit_institution, \(officer),
                \(needs.everyCase ? "1" : "EXISTS (\(listed) = c.id)"), \(judged)
            FROM \(try scope.facts("cases")) c WHERE c.id BETWEEN ?1 AND ?2\(wanted)
            ORDER BY c.id
            """
    }

    /// Which cases have classifications or violations that are counted, and which are wanted at all. Rows that
    /// are not seen yet want a case too many, never one too few.
    private func conditions(
        _ listed: String, _ violated: String
    ) -> (judged: String, wanted: String) {
        var judged: [String] = []
        var wanted: [String] = []
        if needs.listed { wanted.append("c.id IN (\(listed) BETWEEN ?1 AND ?2)") }
        if needs.violated {
            judged.append("EXISTS (\(violated) = c.id)")
            wanted.append("c.id IN (\(violated) BETWEEN ?1 AND ?2)")
        }
        if let days = needs.classified {
            let rest =
                "AND d.kind IN ('not_enforceable', 'enforceable') AND d.decided_on BETWEEN "
                + "\(days.start.number) AND \(days.end.number)"
            let decided = "SELECT d.case_id FROM decisions d WHERE d.case_id"
            judged.append("EXISTS (\(decided) = c.id \(rest))")
            wanted.append("c.id IN (\(decided) BETWEEN ?1 AND ?2 \(rest))")
        }
        if let days = needs.received {
            wanted.append("c.received_on BETWEEN \(days.start.number) AND \(days.end.number)")
        }
        return (
            judged.isEmpty ? "0" : judged.joined(separator: " OR "),
            wanted.isEmpty ? " AND 0" : " AND (\(wanted.joined(separator: " OR ")))"
        )
    }

    private func readNeeded(_ found: inout FoundCase) throws {
        if found.isListed || found.isJudged {
            try read("decisions", found.id) {
                found.file.decisions.append(try Decision(scored: $0))
            }
        }
        if found.isJudged {
            try read("verifications", found.id) {
                found.file.verifications.append(try Verification(scored: $0))
            }
            try read("violations", found.id) {
                found.file.violations.append(try Violation(scored: $0))
            }
        }
        guard found.isListed else { return }
        try read("nominations", found.id) {
            found.file.nominations.append(try Nomination(scored: $0))
        }
        try read("payments", found.id) { found.file.payments.append(try Payment(scored: $0)) }
        try readAssets(of: &found.file, found.id)
    }

    /// All facts of a run of cases, table by table.
    private func readEverything(_ found: inout [FoundCase]) throws {
        guard let first = found.first?.id, let last = found.last?.id else { return }
        func take(_ table: String, _ body: (inout CaseFile, FactReader) throws -> Void) throws {
            var at = 0
            try read(table, first, through: last) { row in
                let id = row.int64(0)
                while at < found.count, found[at].id < id { at += 1 }
                if at < found.count, found[at].id == id { try body(&found[at].file, row) }
            }
        }
        try take("decisions") { $0.decisions.append(try Decision(scored: $1)) }
        try take("payments") { $0.payments.append(try Payment(scored: $1)) }
        try take("verifications") { $0.verifications.append(try Verification(scored: $1)) }
        try take("violations") { $0.violations.append(try Violation(scored: $1)) }
        try take("nominations") { $0.nominations.append(try Nomination(scored: $1)) }
        try take("coercions") { $0.coercions.append(try Coercion(scored: $1)) }
        var owners: [(Int, Int64)] = []
        var at = 0
        try read("assets", first, through: last) { row in
            let id = row.int64(0)
            while at < found.count, found[at].id < id { at += 1 }
            guard at < found.count, found[at].id == id else { return }
            found[at].file.assets.append(try Asset(scored: row))
            owners.append((at, row.int64(1)))
        }
        var place = 0
        for (index, owner) in owners.enumerated() {
            place = index > 0 && owners[index - 1].0 == owner.0 ? place + 1 : 0
            try readCourse(of: &found[owner.0].file.assets[place], owner.1)
        }
    }

    private func readAssets(of file: inout CaseFile, _ id: Int64) throws {
        var ids: [Int64] = []
        try read("assets", id) { row in
            file.assets.append(try Asset(scored: row))
            ids.append(row.int64(1))
        }
        for (index, id) in ids.enumerated() { try readCourse(of: &file.assets[index], id) }
    }

    private func readCourse(of asset: inout Asset, _ id: Int64) throws {
        try readCourse("rounds", id) { asset.rounds.append(try AuctionRound(scored: $0)) }
        try readCourse("valuations", id) { asset.valuations.append(try Valuation(scored: $0)) }
        try readCourse("reductions", id) { asset.reductions.append(try Reduction(scored: $0)) }
    }

    private func read(
        _ table: String, _ first: Int64, through last: Int64? = nil,
        _ body: (FactReader) throws -> Void
    ) throws {
        try run(
            table,
            """
            SELECT t.case_id, \(ScoredCases.columns[table] ?? "t.id")
            FROM \(try scope.facts(table)) t WHERE t.case_id BETWEEN ?1 AND ?2
            ORDER BY t.case_id, t.id
            """, [first, last ?? first], body)
    }

    private func readCourse(
        _ table: String, _ asset: Int64, _ body: (FactReader) throws -> Void
    ) throws {
        try run(
            table,
            """
            SELECT \(ScoredCases.columns[table] ?? "t.id")
            FROM \(try scope.facts(table)) t WHERE t.asset_id = ?1
            ORDER BY t.\(table == "rounds" ? "round" : "number")
            """, [asset], body)
    }

    /// What the readers below take, in their order; the case's id stands before it.
    private static let columns = [
        "decisions": "t.kind, t.decided_on, t.ground, t.amount",
        "payments": "t.paid_on, t.amount, t.source, t.reversed_on",
        "verifications": "t.verified_on, t.result",
        "violations": "t.found_on, t.severity, t.repaired_on",
        "nominations": "t.list, t.submitted_on, t.withdrawn_on",
        "coercions": "t.decided_on, t.measure, t.planned_on, t.carried_out_on, t.outcome",
        "assets":
            "t.id, t.asset_kind, t.seized_on, t.valued_on, t.value, t.disposed_on, t.disposal",
        "rounds": "t.round, t.starting_price, t.contract_on, t.held_on, t.outcome",
        "valuations": "t.number, t.valued_on, t.value",
        "reductions": "t.number, t.reduced_on, t.reduced_price",
    ]
}
