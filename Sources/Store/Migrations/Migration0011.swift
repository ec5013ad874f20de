internal import GRDB

/// Former versions are found by the change that superseded them: what is kept beside the store, such as scores,
/// follows the change log without reading the facts that stayed as they were.
enum Migration0011 {
    static func run(_ db: Database) throws {
        for kind in ["units", "reports", "cases"] + ofCases + ofAssets {
            try db.execute(
                sql: """
                    CREATE INDEX IF NOT EXISTS \(kind)_history_by ON \(kind)_history (superseded_by)
                    """)
        }
    }

    private static let ofCases = [
        "decisions", "payments", "verifications", "nominations", "violations", "assets",
        "coercions",
    ]
    private static let ofAssets = ["valuations", "rounds", "reductions"]
}
