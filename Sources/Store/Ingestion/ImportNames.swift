internal import GRDB

extension ReadScope {
    /// Names read at most, for lists and suggestions.
    private static var limitOfNames: Int { 5_000 }

    /// Codes and names of the units.
    public func unitNames() throws -> [(code: String, name: String)] {
        try names("SELECT unit_code, name FROM units ORDER BY unit_code LIMIT ?")
    }

    /// Codes and names of the officers.
    public func officerNames() throws -> [(code: String, name: String)] {
        try names("SELECT officer_code, name FROM officers ORDER BY officer_code LIMIT ?")
    }

    private func names(_ sql: String) throws -> [(code: String, name: String)] {
        try Row.fetchAll(db, sql: sql, arguments: [ReadScope.limitOfNames])
            .map { (code: $0[0], name: $0[1]) }
    }
}
