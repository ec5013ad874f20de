internal import GRDB

/// The right to write as the one holder of a lease; worth nothing once the lease was given again.
public struct Fence: Sendable, Equatable {
    public var lease: String
    /// Rises with each holder.
    public var number: Int64

    public init(lease: String, number: Int64) {
        self.lease = lease
        self.number = number
    }
}

extension WriteScope {
    /// Gives a lease to a new holder: from here on all former holders' writes are refused.
    public func nextFence(of lease: String, holder: String, atMilliseconds: Int64) throws -> Fence {
        let number = try Int64.fetchOne(
            db,
            sql: """
                INSERT INTO leases (name, fence, holder, at_ms) VALUES (?1, 1, ?2, ?3)
                ON CONFLICT (name) DO UPDATE SET fence = fence + 1, holder = ?2, at_ms = ?3
                RETURNING fence
                """, arguments: [lease, holder, atMilliseconds])
        guard let number else { throw StoreFailure(.other, "the lease \(lease) was not noted") }
        return Fence(lease: lease, number: number)
    }

    /// Refuses the write unless `fence` is the newest of its lease.
    public func require(_ fence: Fence) throws {
        let row = try Row.fetchOne(
            db, sql: "SELECT fence, holder FROM leases WHERE name = ?", arguments: [fence.lease])
        guard let row, row[0] as Int64 == fence.number else {
            let now =
                row.map { "number \($0[0] as Int64), held by \($0[1] as String)" } ?? "unknown"
            throw StoreFailure(
                .fenced,
                "the lease \(fence.lease) number \(fence.number) is no longer good; it is \(now)",
                hint: "nothing was written; the present holder does the work")
        }
    }
}
