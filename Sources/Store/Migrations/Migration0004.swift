internal import GRDB

/// Schema 4: the work of a campaign on its cases (plan steps, persuasion, coercion, guidance, directions,
/// obstacles, coordination, file reviews, exemptions), and the duties of a unit.
enum Migration0004 {
    static func run(_ db: Database) throws {
        for table in ofCases + ofUnits { try table.createWithStaging(in: db) }
        try db.execute(sql: confirmations)
    }

    /// What the person who made a decision confirmed, since no recorded fact shows it.
    private static let confirmations = """
        CREATE TABLE confirmations (
            change_no INTEGER NOT NULL REFERENCES changes,
            question TEXT NOT NULL,
            PRIMARY KEY (change_no, question)
        ) STRICT, WITHOUT ROWID
        """

    private static let ofCases = [
        FactTable(
            name: "plan_steps",
            columns: """
                case_id INTEGER NOT NULL REFERENCES cases,
                step_no INTEGER NOT NULL,
                measure TEXT NOT NULL,
                due_on INTEGER NOT NULL,
                owner TEXT,
                description TEXT,
                done_on INTEGER,
                result TEXT
                """, key: "case_id, step_no"),
        FactTable(
            name: "persuasions",
            columns: """
                case_id INTEGER NOT NULL REFERENCES cases,
                held_on INTEGER NOT NULL,
                party TEXT NOT NULL,
                outcome TEXT,
                description TEXT
                """, key: "case_id, held_on"),
        FactTable(
            name: "coercions",
            columns: """
                case_id INTEGER NOT NULL REFERENCES cases,
                decided_on INTEGER NOT NULL,
                measure TEXT NOT NULL,
                number TEXT,
                planned_on INTEGER,
                notified_on INTEGER,
                carried_out_on INTEGER,
                mobilised INTEGER,
                cost INTEGER,
                outcome TEXT
                """, key: "case_id, decided_on"),
        FactTable(
            name: "guidance",
            columns: """
                case_id INTEGER NOT NULL REFERENCES cases,
                asked_on INTEGER NOT NULL,
                asked_of TEXT NOT NULL,
                question TEXT,
                answered_on INTEGER,
                answer_no TEXT,
                measure TEXT,
                due_on INTEGER,
                done_on INTEGER,
                obstacle_reported_on INTEGER
                """, key: "case_id, asked_on"),
        FactTable(
            name: "directions",
            columns: """
                case_id INTEGER NOT NULL REFERENCES cases,
                direction_no TEXT NOT NULL,
                issued_on INTEGER NOT NULL,
                due_on INTEGER NOT NULL,
                issuer TEXT,
                content TEXT,
                done_on INTEGER,
                obstacle_reported_on INTEGER
                """, key: "case_id, direction_no"),
        FactTable(
            name: "obstacles",
            columns: """
                case_id INTEGER NOT NULL REFERENCES cases,
                found_on INTEGER NOT NULL,
                description TEXT NOT NULL,
                category TEXT,
                proposed_remedy TEXT,
                reported_on INTEGER,
                resolved_on INTEGER,
                resolution TEXT
                """, key: "case_id, found_on"),
        FactTable(
            name: "coordination",
            columns: """
                case_id INTEGER NOT NULL REFERENCES cases,
                held_on INTEGER NOT NULL,
                agency TEXT NOT NULL,
                content TEXT,
                agreed_measure TEXT,
                due_on INTEGER,
                done_on INTEGER
                """, key: "case_id, held_on, agency"),
        FactTable(
            name: "file_reviews",
            columns: """
                case_id INTEGER NOT NULL REFERENCES cases,
                reviewed_on INTEGER NOT NULL,
                result TEXT NOT NULL,
                reviewer TEXT,
                findings TEXT,
                repair_due_on INTEGER,
                repaired_on INTEGER
                """, key: "case_id, reviewed_on"),
        FactTable(
            name: "exemptions",
            columns: """
                case_id INTEGER NOT NULL REFERENCES cases,
                proposed_on INTEGER NOT NULL,
                kind TEXT NOT NULL,
                amount INTEGER,
                sent_on INTEGER,
                decided_on INTEGER,
                outcome TEXT,
                granted_amount INTEGER
                """, key: "case_id, proposed_on"),
    ]

    private static let ofUnits = [
        FactTable(
            name: "unit_duties",
            columns: """
                unit_id INTEGER NOT NULL REFERENCES units,
                duty_no TEXT NOT NULL,
                title TEXT NOT NULL,
                due_on INTEGER NOT NULL,
                paragraph TEXT,
                done_on INTEGER
                """, key: "unit_id, duty_no")
    ]
}
