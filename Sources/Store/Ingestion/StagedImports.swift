internal import Foundation
internal import GRDB
internal import Rules

extension Store {
    /// Rows that one transaction takes away at most: other writers wait no longer than that takes.
    static let rowsPerPurge = 20_000

    /// Takes away what an import that was given up, or whose process died, had brought in by batches; nobody
    /// has seen any of it. To be called only while no import is under way.
    ///
    /// - Returns: how many imports there were to take back.
    public func purgeStagedImports() async throws(StoreFailure) -> Int {
        let staged = try await read { scope in
            try Int64.fetchAll(
                scope.db,
                sql: "SELECT change_no FROM staged_changes WHERE published_as IS NULL")
        }
        for change in staged { try await purge(change) }
        return staged.count
    }

    private func purge(_ change: Int64) async throws(StoreFailure) {
        let begun = try await read { scope in
            try Row.fetchAll(
                scope.db, sql: "SELECT kind, first_id FROM staged_kinds WHERE change_no = ?",
                arguments: [change]
            ).map { (kind: $0[0] as String, first: $0[1] as Int64) }
        }
        // What hangs on a row goes before it.
        for kind in ImportKind.all.reversed() {
            guard let first = begun.first(where: { $0.kind == kind.name })?.first else { continue }
            while try await purgeSome(of: kind.name, from: first, change) > 0 {}
        }
        try await write { scope in
            for sql in [
                "DELETE FROM staged_kinds WHERE change_no = ?",
                "DELETE FROM staged_changes WHERE change_no = ?",
                "UPDATE changes SET kind = 'dropped' WHERE change_no = ?",
            ] {
                try scope.db.execute(sql: sql, arguments: [change])
            }
        }
    }

    private func purgeSome(
        of kind: String, from first: Int64, _ change: Int64
    ) async throws(StoreFailure) -> Int {
        try await write { scope in
            try scope.db.execute(sql: "DELETE FROM \(kind)_staged")
            try scope.db.execute(
                sql: """
                    DELETE FROM \(kind) WHERE id IN (
                        SELECT id FROM \(kind) WHERE id >= ? AND change_no = ? LIMIT ?)
                    """, arguments: [first, change, Store.rowsPerPurge])
            return scope.db.changesCount
        }
    }
}
