internal import GRDB
public import Rules

/// A score sheet as the store keeps it.
public struct StoredSheet: Sendable {
    public let id: Int64
    public var sheet: ScoreSheet
    /// The last change of the sheet itself.
    public let change: Int64
}

extension ReadScope {
    /// The unit's sheet of the campaign; nil before its first column.
    public func scoreSheet(campaign: String, unit: String) throws -> StoredSheet? {
        try scoreSheets(campaign: campaign, unit: unit).first
    }

    /// The sheets of the campaign, by unit.
    public func scoreSheets(campaign: String) throws -> [StoredSheet] {
        try scoreSheets(campaign: campaign, unit: nil)
    }

    private func scoreSheets(campaign: String, unit: String?) throws -> [StoredSheet] {
        let condition = unit == nil ? "" : "AND unit_code = ?"
        var sheets: [StoredSheet] = []
        try db.forEachFact(
            """
            SELECT sheet_id, unit_code, state, stepped_on, change_no FROM emulation_sheets
            WHERE campaign_id = ? \(condition) ORDER BY unit_code
            """, [.text(campaign)] + (unit.map { [.text($0)] } ?? [])
        ) { row in
            sheets.append(
                StoredSheet(
                    id: row.int64(0),
                    sheet: ScoreSheet(
                        unit: row.text(1), state: try row.word(2, SheetState.self),
                        steppedOn: try row.day(3)),
                    change: row.int64(4)))
        }
        for index in sheets.indices {
            sheets[index].sheet.entries = try entries(of: sheets[index].id)
            sheets[index].sheet.objections = try objections(of: sheets[index].id)
        }
        return sheets
    }

    private func entries(of sheet: Int64) throws -> [SheetEntry] {
        var entries: [SheetEntry] = []
        try db.forEachFact(
            """
            SELECT criterion, sheet_column, points_hundredths, bonus_hundredths, author, at_ms,
                evidence, reason
            FROM emulation_entries WHERE sheet_id = ? ORDER BY entry_id
            """, [.integer(sheet)]
        ) { row in
            entries.append(
                SheetEntry(
                    criterion: row.text(0), column: try row.word(1, SheetColumn.self),
                    points: Hundredths(Int(row.int64(2))), bonus: Hundredths(Int(row.int64(3))),
                    author: row.text(4), atMilliseconds: row.int64(5), evidence: row.text(6),
                    reason: row.text(7)))
        }
        return entries
    }

    private func objections(of sheet: Int64) throws -> [SheetObjection] {
        var objections: [SheetObjection] = []
        try db.forEachFact(
            """
            SELECT objection_id, criterion, against, body, author, at_ms, answer_due_on, outcome,
                answer, answered_by, answered_at_ms, answered_on
            FROM emulation_objections WHERE sheet_id = ? ORDER BY objection_id
            """, [.integer(sheet)]
        ) { row in
            let answer = try row.optionalWord(7, ObjectionOutcome.self).map { outcome in
                SheetObjection.Answer(
                    outcome: outcome, text: row.text(8), author: row.text(9),
                    atMilliseconds: row.int64(10), on: try row.day(11))
            }
            objections.append(
                SheetObjection(
                    number: row.int64(0), criterion: row.optionalText(1),
                    against: try row.word(2, SheetColumn.self), text: row.text(3),
                    author: row.text(4), atMilliseconds: row.int64(5),
                    answerDueOn: try row.optionalDay(6), answer: answer))
        }
        return objections
    }
}

extension WriteScope {
    /// Adds a filled column to the unit's sheet and brings the sheet to `state`. The store itself refuses an entry
    /// of a decided sheet.
    public func add(
        _ entries: [SheetEntry], campaign: String, unit: String, state: SheetState,
        planVersion: Int, on day: Day, stamp: ChangeStamp
    ) throws {
        let change = try newChange(
            kind: "emulation", stamp: stamp, subject: unit, detail: "\(campaign) \(state.rawValue)")
        let known = try reading.scoreSheet(campaign: campaign, unit: unit)
        let sheet: Int64
        if let known {
            sheet = known.id
        } else {
            try db.execute(
                sql: """
                    INSERT INTO emulation_sheets
                        (campaign_id, unit_code, state, plan_version, stepped_on, change_no)
                    VALUES (?, ?, 'submitted', ?, ?, ?)
                    """, arguments: [campaign, unit, planVersion, day.number, change])
            sheet = db.lastInsertedRowID
        }
        for entry in entries { try add(entry, to: sheet, change: change) }
        try db.execute(
            sql: """
                UPDATE emulation_sheets
                SET state = ?, plan_version = ?, stepped_on = ?, change_no = ? WHERE sheet_id = ?
                """, arguments: [state.rawValue, planVersion, day.number, change, sheet])
    }

    private func add(_ entry: SheetEntry, to sheet: Int64, change: Int64) throws {
        try db.execute(
            sql: """
                INSERT INTO emulation_entries
                    (sheet_id, criterion, sheet_column, points_hundredths, bonus_hundredths, author,
                     at_ms, evidence, reason, change_no)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                sheet, entry.criterion, entry.column.rawValue, entry.points.count,
                entry.bonus.count, entry.author, entry.atMilliseconds, entry.evidence,
                entry.reason, change,
            ])
    }

    /// Adds an objection to a sheet; gives its number.
    @discardableResult
    public func object(
        _ objection: SheetObjection, to sheet: StoredSheet, stamp: ChangeStamp
    ) throws -> Int64 {
        let change = try newChange(
            kind: "emulation", stamp: stamp, subject: sheet.sheet.unit, detail: "objection")
        try db.execute(
            sql: """
                INSERT INTO emulation_objections
                    (sheet_id, criterion, against, body, author, at_ms, answer_due_on, change_no)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                sheet.id, objection.criterion, objection.against.rawValue, objection.text,
                objection.author, objection.atMilliseconds, objection.answerDueOn?.number, change,
            ])
        return db.lastInsertedRowID
    }

    /// Puts the answer to an objection that has none.
    public func answer(
        _ number: Int64, _ answer: SheetObjection.Answer, stamp: ChangeStamp
    ) throws {
        _ = try newChange(
            kind: "emulation", stamp: stamp, subject: "objection \(number)",
            detail: answer.outcome.rawValue)
        try db.execute(
            sql: """
                UPDATE emulation_objections
                SET outcome = ?, answer = ?, answered_by = ?, answered_at_ms = ?, answered_on = ?
                WHERE objection_id = ? AND outcome IS NULL
                """,
            arguments: [
                answer.outcome.rawValue, answer.text, answer.author, answer.atMilliseconds,
                answer.on.number, number,
            ])
    }
}
