internal import GRDB
public import Rules

/// An officer on a unit's list.
public struct Officer: Sendable, Equatable {
    public let code: String
    public let name: String
    public let unit: String
}

extension ReadScope {
    /// All officers, by code.
    public func officers() throws -> [Officer] {
        var officers: [Officer] = []
        try db.forEachFact(
            """
            SELECT o.officer_code, o.name, u.unit_code FROM \(try facts("officers")) o
            JOIN \(try keys("units")) u ON u.id = o.unit_id ORDER BY o.officer_code
            """
        ) { row in
            officers.append(Officer(code: row.text(0), name: row.text(1), unit: row.text(2)))
        }
        return officers
    }

    /// Records of merit and discipline by unit, oldest first.
    public func merits() throws -> [String: [Merit]] {
        var merits: [String: [Merit]] = [:]
        try db.forEachFact(
            """
            SELECT u.unit_code, m.holder, m.kind, m.decided_on FROM \(try facts("merits")) m
            JOIN \(try keys("units")) u ON u.id = m.unit_id ORDER BY m.decided_on, m.id
            """
        ) { row in
            merits[row.text(0), default: []].append(
                Merit(
                    holder: row.text(1), kind: try row.word(2, Merit.Kind.self),
                    decidedOn: try row.day(3)))
        }
        return merits
    }
}
