internal import GRDB

/// Schema 1: facts with the day they happened and the change that brought them, their history, plans,
/// imports and fleet events. Days are counts since 1970-01-01, money is in đồng.
enum Migration0001 {
    static func run(_ db: Database) throws {
        for statement in changes { try db.execute(sql: statement) }
        for table in tables { try table.create(in: db) }
    }

    private static let changes = [
        """
        CREATE TABLE changes (
            change_no INTEGER PRIMARY KEY AUTOINCREMENT,
            kind TEXT NOT NULL,
            principal TEXT NOT NULL,
            request_id TEXT NOT NULL,
            received_at_ms INTEGER NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE imports (
            import_id TEXT PRIMARY KEY,
            change_no INTEGER REFERENCES changes,
            status TEXT NOT NULL,
            result BLOB NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE import_files (
            change_no INTEGER NOT NULL REFERENCES changes,
            file_no INTEGER NOT NULL,
            name TEXT NOT NULL,
            kind TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            PRIMARY KEY (change_no, file_no)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE plans (
            campaign_id TEXT NOT NULL,
            version INTEGER NOT NULL,
            change_no INTEGER NOT NULL REFERENCES changes,
            sha256 TEXT NOT NULL,
            file_name TEXT NOT NULL,
            yaml BLOB NOT NULL,
            PRIMARY KEY (campaign_id, version)
        ) STRICT
        """,
        """
        CREATE TABLE plugin_events (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at_ms INTEGER NOT NULL,
            plugin TEXT NOT NULL,
            event TEXT NOT NULL,
            detail TEXT NOT NULL
        ) STRICT
        """,
    ]

    private static let tables = standing + ofCases + ofAssets

    private static let standing = [
        FactTable(
            name: "units",
            columns: """
                unit_code TEXT NOT NULL,
                name TEXT NOT NULL,
                level TEXT NOT NULL,
                parent_code TEXT,
                cluster TEXT
                """, key: "unit_code"),
        FactTable(
            name: "officers",
            columns: """
                officer_code TEXT NOT NULL,
                name TEXT NOT NULL,
                unit_id INTEGER NOT NULL REFERENCES units
                """, key: "officer_code"),
        FactTable(
            name: "cases",
            columns: """
                unit_id INTEGER NOT NULL REFERENCES units,
                decision_no TEXT NOT NULL,
                decision_on INTEGER NOT NULL,
                initiative TEXT NOT NULL,
                amount_due INTEGER NOT NULL,
                officer_id INTEGER REFERENCES officers,
                judgment_no TEXT,
                judgment_on INTEGER,
                received_on INTEGER,
                creditor TEXT,
                debtor TEXT,
                debtor_address TEXT,
                obligation TEXT,
                judgment_effective_on INTEGER,
                assigned_on INTEGER,
                debtor_notified_on INTEGER,
                first_decision_on INTEGER,
                state_revenue INTEGER,
                revenue_kind TEXT,
                address_unknown INTEGER,
                prison_until INTEGER,
                coercion_cost INTEGER,
                credit_institution INTEGER,
                sensitivity TEXT,
                note TEXT
                """, key: "unit_id, decision_no"),
        FactTable(
            name: "reports",
            columns: """
                unit_id INTEGER NOT NULL REFERENCES units,
                kind TEXT NOT NULL,
                submitted_on INTEGER NOT NULL,
                emailed_on INTEGER
                """, key: "unit_id, kind"),
    ]

    private static let ofCases = [
        FactTable(
            name: "decisions",
            columns: """
                case_id INTEGER NOT NULL REFERENCES cases,
                kind TEXT NOT NULL,
                decided_on INTEGER NOT NULL,
                number TEXT,
                ground TEXT,
                ground_on INTEGER,
                until_on INTEGER,
                amount INTEGER
                """, key: "case_id, kind, decided_on"),
        FactTable(
            name: "payments",
            columns: """
                case_id INTEGER NOT NULL REFERENCES cases,
                receipt_no TEXT NOT NULL,
                paid_on INTEGER NOT NULL,
                amount INTEGER NOT NULL,
                source TEXT NOT NULL,
                reversed_on INTEGER
                """, key: "case_id, receipt_no"),
        FactTable(
            name: "verifications",
            columns: """
                case_id INTEGER NOT NULL REFERENCES cases,
                verified_on INTEGER NOT NULL,
                result TEXT NOT NULL,
                ground TEXT
                """, key: "case_id, verified_on"),
        FactTable(
            name: "nominations",
            columns: """
                case_id INTEGER NOT NULL REFERENCES cases,
                list TEXT NOT NULL,
                submitted_on INTEGER NOT NULL,
                withdrawn_on INTEGER,
                reason TEXT
                """, key: "case_id, list"),
        FactTable(
            name: "commitments",
            columns: """
                case_id INTEGER NOT NULL REFERENCES cases,
                due_on INTEGER NOT NULL,
                amount INTEGER NOT NULL
                """, key: "case_id, due_on"),
        FactTable(
            name: "violations",
            columns: """
                case_id INTEGER NOT NULL REFERENCES cases,
                found_on INTEGER NOT NULL,
                severity TEXT NOT NULL,
                description TEXT,
                repaired_on INTEGER
                """, key: "case_id, found_on"),
        FactTable(
            name: "assets",
            columns: """
                case_id INTEGER NOT NULL REFERENCES cases,
                asset_no TEXT NOT NULL,
                asset_kind TEXT NOT NULL,
                seized_on INTEGER NOT NULL,
                description TEXT,
                valuation_contract_on INTEGER,
                valued_on INTEGER,
                value INTEGER,
                appraiser TEXT,
                disposed_on INTEGER,
                disposal TEXT,
                co_owned INTEGER
                """, key: "case_id, asset_no"),
    ]

    private static let ofAssets = [
        FactTable(
            name: "valuations",
            columns: """
                asset_id INTEGER NOT NULL REFERENCES assets,
                number INTEGER NOT NULL,
                contract_on INTEGER,
                valued_on INTEGER,
                value INTEGER,
                appraiser TEXT,
                valid_until INTEGER
                """, key: "asset_id, number"),
        FactTable(
            name: "rounds",
            columns: """
                asset_id INTEGER NOT NULL REFERENCES assets,
                round INTEGER NOT NULL,
                starting_price INTEGER NOT NULL,
                auction_house TEXT,
                contract_on INTEGER,
                procedure TEXT,
                posted_on INTEGER,
                held_on INTEGER,
                outcome TEXT,
                price INTEGER,
                notified_on INTEGER,
                notice_1_on INTEGER,
                notice_2_on INTEGER,
                deposit INTEGER,
                registrants INTEGER,
                paid_in_full_on INTEGER,
                delivered_on INTEGER,
                cancelled_on INTEGER
                """, key: "asset_id, round"),
        FactTable(
            name: "reductions",
            columns: """
                asset_id INTEGER NOT NULL REFERENCES assets,
                number INTEGER NOT NULL,
                notice_on INTEGER,
                reduced_on INTEGER,
                reduced_price INTEGER,
                agreed INTEGER
                """, key: "asset_id, number"),
        FactTable(
            name: "offers",
            columns: """
                asset_id INTEGER NOT NULL REFERENCES assets,
                offered_on INTEGER NOT NULL,
                answer TEXT,
                answered_on INTEGER,
                debtor_notified_on INTEGER
                """, key: "asset_id, offered_on"),
    ]
}
