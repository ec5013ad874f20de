internal import Foundation
internal import GRDB
public import Rules

/// The answers of one moment, kept for ever: the scores of all units and their ranks on a day, by one version
/// of the plan and one law book, as the store was known at one change.
public struct Freeze: Sendable, Equatable {
    public var id: String
    public var campaign: String
    public var planVersion: Int
    /// Digest of the law book.
    public var lawBook: String
    public var asOf: Day
    /// The last change that the answers have seen.
    public var knownAt: Int64
    /// The encoded answer of score, with every unit.
    public var score: [UInt8]
    /// The encoded answer of rank for the province; empty where the plan has no table of points.
    public var rank: [UInt8]
    /// Over all of the above but the id, hexadecimal.
    public var sha256: String

    public init(
        id: String, campaign: String, planVersion: Int, lawBook: String, asOf: Day,
        knownAt: Int64, score: [UInt8], rank: [UInt8], sha256: String
    ) {
        self.id = id
        self.campaign = campaign
        self.planVersion = planVersion
        self.lawBook = lawBook
        self.asOf = asOf
        self.knownAt = knownAt
        self.score = score
        self.rank = rank
        self.sha256 = sha256
    }
}

/// A freeze with the change that made it.
public struct FreezeRecord: Sendable, Equatable {
    public var freeze: Freeze
    public var change: Int64
    public var principal: String
    /// Milliseconds since 1970.
    public var frozenAtMilliseconds: Int64
}

extension ReadScope {
    /// All freezes, the earliest first.
    public func freezes() throws -> [FreezeRecord] { try freezes("", []) }

    public func freeze(id: String) throws -> FreezeRecord? {
        try freezes("WHERE f.freeze_id = ?", [id]).first
    }

    /// The freeze of just this state.
    public func freeze(like state: Freeze) throws -> FreezeRecord? {
        try freezes(
            """
            WHERE f.campaign_id = ? AND f.plan_version = ? AND f.law_book = ? AND f.as_of = ?
                AND f.known_at = ?
            """,
            [
                state.campaign, state.planVersion, state.lawBook, state.asOf.number,
                state.knownAt,
            ]
        ).first
    }

    private func freezes(
        _ condition: String, _ arguments: StatementArguments
    ) throws -> [FreezeRecord] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT f.freeze_id, f.campaign_id, f.plan_version, f.law_book, f.as_of, f.known_at,
                    f.score, f.rank, f.sha256, f.change_no, c.principal, c.received_at_ms
                FROM freezes f JOIN changes c ON c.change_no = f.change_no \(condition)
                ORDER BY f.change_no
                """, arguments: arguments
        ).map { row in
            FreezeRecord(
                freeze: Freeze(
                    id: row[0], campaign: row[1], planVersion: row[2], lawBook: row[3],
                    asOf: Day(number: row[4]), knownAt: row[5], score: Array(row[6] as Data),
                    rank: Array(row[7] as Data), sha256: row[8]),
                change: row[9], principal: row[10], frozenAtMilliseconds: row[11])
        }
    }
}

extension WriteScope {
    /// Keeps a freeze under a change of its own.
    public func save(_ freeze: Freeze, stamp: ChangeStamp) throws -> FreezeRecord {
        let change = try newChange(kind: "freeze", stamp: stamp)
        try db.execute(
            sql: """
                INSERT INTO freezes (freeze_id, change_no, campaign_id, plan_version, law_book,
                    as_of, known_at, score, rank, sha256)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                freeze.id, change, freeze.campaign, freeze.planVersion, freeze.lawBook,
                freeze.asOf.number, freeze.knownAt, Data(freeze.score), Data(freeze.rank),
                freeze.sha256,
            ])
        return FreezeRecord(
            freeze: freeze, change: change, principal: stamp.principal,
            frozenAtMilliseconds: stamp.receivedAtMilliseconds)
    }
}
