internal import GRDB
internal import Rules

extension ReadScope {
    /// Superseded versions kept of one kind of facts.
    public func historyCount(of kind: String) throws -> Int {
        guard ImportKind.named(kind) != nil else {
            throw StoreFailure(.other, "there is no kind \(kind)")
        }
        return try Int.fetchOne(db, sql: "SELECT count(*) FROM \(kind)_history") ?? 0
    }

    /// Current rows of one kind of facts.
    public func count(of kind: String) throws -> Int {
        guard ImportKind.named(kind) != nil else {
            throw StoreFailure(.other, "there is no kind \(kind)")
        }
        return try Int.fetchOne(db, sql: "SELECT count(*) FROM current_\(kind)") ?? 0
    }
}
