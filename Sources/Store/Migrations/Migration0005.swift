internal import GRDB

/// The registry of the auction: appraisers and auction houses with their licences.
enum Migration0005 {
    static func run(_ db: Database) throws {
        for (table, key) in [("appraisers", "appraiser_code"), ("auction_houses", "house_code")] {
            let firm = FactTable(
                name: table,
                columns: """
                    \(key) TEXT NOT NULL,
                    name TEXT NOT NULL,
                    licence_no TEXT,
                    licensed_on INTEGER,
                    licence_until INTEGER,
                    suspended_from INTEGER,
                    suspended_until INTEGER,
                    capability TEXT,
                    value_up_to INTEGER,
                    address TEXT
                    """, key: key)
            try firm.createWithStaging(in: db)
        }
    }
}
