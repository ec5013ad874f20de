internal import GRDB

/// The seam between readers and tables: where the rows of a kind are read from, as they stand now or as they
/// were known at a change. Only a scope that was asked for the past pays for it.
extension ReadScope {
    /// The store as it was known when that change had been made: later rows are unseen, what later changes
    /// corrected or took back stands as it stood. An import by batches has been made when it was published,
    /// whatever its number.
    ///
    /// - Throws: `other` for a change that is not there.
    public func known(at change: Int64) throws -> ReadScope {
        let last = try lastChange()
        guard change >= 0, change <= last else {
            throw StoreFailure(
                .other, "the store has no change \(change)",
                hint: "the last one is \(last); caodiem import list names them")
        }
        // The number that a reader saw then: the last change that brought something.
        let made = try publication(of: change) ?? change
        let seen = try ReadScope(db: db, knownAt: made).lastChange()
        return ReadScope(db: db, knownAt: seen, sight: sight)
    }

    /// The change that published an import by batches; nil for any other.
    private func publication(of change: Int64) throws -> Int64? {
        try Int64.fetchOne(
            db, sql: "SELECT published_as FROM staged_changes WHERE change_no = ?",
            arguments: [change])
    }

    /// The last change that was received before this moment; 0 where none was.
    ///
    /// - Parameter milliseconds: since 1970.
    public func lastChange(receivedBefore milliseconds: Int64) throws -> Int64 {
        let change = try Int64.fetchOne(
            db, sql: "SELECT max(change_no) FROM changes WHERE received_at_ms < ?",
            arguments: [milliseconds])
        return min(change ?? 0, try lastChange())
    }

    /// What the facts of a kind are read from, to be named in FROM.
    func facts(_ kind: String) throws -> String {
        try knownAt.map { try known(kind, at: $0) } ?? "current_\(kind)"
    }

    /// As `facts`, where a row is only looked up for the key that another hangs on.
    func keys(_ kind: String) throws -> String {
        try knownAt.map { try known(kind, at: $0) } ?? kind
    }

    private func known(_ kind: String, at change: Int64) throws -> String {
        let columns = try db.columns(in: kind).map(\.name).joined(separator: ", ")
        return """
            (SELECT \(columns) FROM \(kind) WHERE \(ReadScope.isSeen("change_no", at: change))
            UNION ALL
            SELECT \(columns) FROM \(kind)_history
            WHERE \(ReadScope.isSeen("change_no", at: change))
                AND NOT \(ReadScope.isSeen("superseded_by", at: change)))
            """
    }

    /// True where the change named by the column was made, and published, by `change`.
    static func isSeen(_ column: String, at change: Int64) -> String {
        """
        (\(column) <= \(change) AND \(column) NOT IN (SELECT change_no FROM staged_changes
            WHERE published_as IS NULL OR published_as > \(change)))
        """
    }

    /// Runs a query over facts and hands each row to `body`. Queries about the past are not kept: each names
    /// its own change.
    func forEachFact(
        _ sql: String, _ arguments: [FieldValue] = [], _ body: (FactReader) throws -> Void
    ) throws {
        try db.forEachFact(sql, arguments, keepsStatement: knownAt == nil, body)
    }
}
