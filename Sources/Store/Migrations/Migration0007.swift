internal import GRDB

/// Schema of the emulation: score sheets with every entry ever made, objections, proposals, the attempts that
/// were refused, and the records of merit and discipline. Entries are only added; a decided sheet takes none.
enum Migration0007 {
    static func run(_ db: Database) throws {
        try merits.createWithStaging(in: db)
        for statement in tables + locks { try db.execute(sql: statement) }
    }

    private static let merits = FactTable(
        name: "merits",
        columns: """
            unit_id INTEGER NOT NULL REFERENCES units,
            holder TEXT NOT NULL,
            kind TEXT NOT NULL,
            decided_on INTEGER NOT NULL,
            number TEXT,
            note TEXT
            """, key: "unit_id, holder, kind, decided_on")

    private static let tables = [
        """
        CREATE TABLE emulation_sheets (
            sheet_id INTEGER PRIMARY KEY,
            campaign_id TEXT NOT NULL,
            unit_code TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('submitted', 'reviewed', 'decided')),
            plan_version INTEGER NOT NULL,
            stepped_on INTEGER NOT NULL,
            change_no INTEGER NOT NULL REFERENCES changes,
            UNIQUE (campaign_id, unit_code)
        ) STRICT
        """,
        """
        CREATE TABLE emulation_entries (
            entry_id INTEGER PRIMARY KEY,
            sheet_id INTEGER NOT NULL REFERENCES emulation_sheets,
            criterion TEXT NOT NULL,
            sheet_column TEXT NOT NULL CHECK (sheet_column IN ('self', 'reviewed', 'decided')),
            points_hundredths INTEGER NOT NULL,
            bonus_hundredths INTEGER NOT NULL,
            author TEXT NOT NULL,
            at_ms INTEGER NOT NULL,
            evidence TEXT NOT NULL,
            reason TEXT NOT NULL,
            change_no INTEGER NOT NULL REFERENCES changes
        ) STRICT
        """,
        "CREATE INDEX emulation_entries_by_sheet ON emulation_entries (sheet_id, entry_id)",
        """
        CREATE TABLE emulation_objections (
            objection_id INTEGER PRIMARY KEY,
            sheet_id INTEGER NOT NULL REFERENCES emulation_sheets,
            criterion TEXT,
            against TEXT NOT NULL,
            body TEXT NOT NULL,
            author TEXT NOT NULL,
            at_ms INTEGER NOT NULL,
            answer_due_on INTEGER,
            outcome TEXT,
            answer TEXT,
            answered_by TEXT,
            answered_at_ms INTEGER,
            answered_on INTEGER,
            change_no INTEGER NOT NULL REFERENCES changes
        ) STRICT
        """,
        "CREATE INDEX emulation_objections_by_sheet ON emulation_objections (sheet_id)",
        """
        CREATE TABLE emulation_proposals (
            proposal_id INTEGER PRIMARY KEY,
            campaign_id TEXT NOT NULL,
            kind TEXT NOT NULL,
            code TEXT NOT NULL,
            unit_code TEXT NOT NULL,
            title TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('draft', 'approved', 'refused')),
            drafted_by TEXT NOT NULL,
            drafted_at_ms INTEGER NOT NULL,
            as_of INTEGER NOT NULL,
            reason TEXT NOT NULL,
            record TEXT NOT NULL,
            decided_by TEXT,
            decided_at_ms INTEGER,
            decision_reason TEXT,
            change_no INTEGER NOT NULL REFERENCES changes
        ) STRICT
        """,
        """
        CREATE TABLE emulation_refusals (
            refusal_id INTEGER PRIMARY KEY,
            principal TEXT NOT NULL,
            at_ms INTEGER NOT NULL,
            request_id TEXT NOT NULL,
            campaign_id TEXT NOT NULL,
            unit_code TEXT NOT NULL,
            step TEXT NOT NULL,
            reason TEXT NOT NULL,
            message TEXT NOT NULL
        ) STRICT
        """,
    ]

    /// What no program may do, whoever asks for it.
    private static let locks = [
        lock("entries_of_a_decided_sheet", "INSERT ON emulation_entries", sheetIsDecided),
        lock("entries_stay_as_they_are", "UPDATE ON emulation_entries", "1"),
        lock("entries_stay", "DELETE ON emulation_entries", "1"),
        lock("decided_sheets_stay_as_they_are", "UPDATE ON emulation_sheets", oldIsDecided),
        lock("sheets_stay", "DELETE ON emulation_sheets", "1"),
        lock("decided_proposals_stay", "UPDATE ON emulation_proposals", "OLD.state <> 'draft'"),
        lock("refusals_stay_as_they_are", "UPDATE ON emulation_refusals", "1"),
        lock("refusals_stay", "DELETE ON emulation_refusals", "1"),
    ]

    private static let oldIsDecided = "OLD.state = 'decided'"
    private static let sheetIsDecided = """
        (SELECT state FROM emulation_sheets WHERE sheet_id = NEW.sheet_id) = 'decided'
        """

    private static func lock(_ name: String, _ event: String, _ condition: String) -> String {
        """
        CREATE TRIGGER emulation_\(name) BEFORE \(event) WHEN \(condition)
        BEGIN SELECT RAISE(ABORT, 'emulation: \(name)'); END
        """
    }
}
