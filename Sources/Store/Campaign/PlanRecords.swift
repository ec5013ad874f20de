internal import Foundation
internal import GRDB

/// One version of a campaign's plan, as the file that was applied.
public struct PlanVersion: Sendable, Equatable {
    public var campaign: String
    public var version: Int
    public var sha256: String
    public var fileName: String
    public var yaml: [UInt8]
}

extension ReadScope {
    /// The latest version of the campaign's plan; without an id, of the campaign applied last.
    public func plan(campaign: String? = nil) throws -> PlanVersion? {
        try planVersion(
            """
            WHERE change_no <= ?1 AND (?2 IS NULL OR campaign_id = ?2)
            ORDER BY change_no DESC LIMIT 1
            """, [knownAt ?? .max, campaign])
    }

    /// That version of the campaign's plan.
    public func plan(campaign: String, version: Int) throws -> PlanVersion? {
        try planVersion("WHERE campaign_id = ? AND version = ?", [campaign, version])
    }

    private func planVersion(
        _ condition: String, _ arguments: StatementArguments
    ) throws -> PlanVersion? {
        let row = try Row.fetchOne(
            db, sql: "SELECT campaign_id, version, sha256, file_name, yaml FROM plans \(condition)",
            arguments: arguments)
        return row.map { row in
            PlanVersion(
                campaign: row[0], version: row[1], sha256: row[2], fileName: row[3],
                yaml: Array(row[4] as Data))
        }
    }
}

extension WriteScope {
    /// Adds the plan as a new version, unless the campaign's latest version is just this file.
    public func savePlan(
        campaign: String, fileName: String, yaml: [UInt8], sha256: String, stamp: ChangeStamp
    ) throws -> (version: Int, isNew: Bool) {
        let latest = try reading.plan(campaign: campaign)
        if let latest, latest.sha256 == sha256 { return (latest.version, false) }
        let change = try newChange(
            kind: "plan", stamp: stamp, subject: campaign, detail: "sha256:\(sha256)")
        let version = (latest?.version ?? 0) + 1
        try db.execute(
            sql: """
                INSERT INTO plans (campaign_id, version, change_no, sha256, file_name, yaml)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [campaign, version, change, sha256, fileName, Data(yaml)])
        return (version, true)
    }
}
