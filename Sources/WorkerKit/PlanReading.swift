internal import LawBook
public import Rules
public import Store
internal import Synchronization
internal import Wire

/// A campaign's plan as applied, read and checked.
public struct AppliedPlan: Sendable {
    public let plan: CampaignPlan
    public let version: PlanVersion
}

extension ReadScope {
    /// As `appliedPlan`; nil where no campaign is named and no plan was ever applied.
    public func planInForce(_ campaign: String) throws -> AppliedPlan? {
        if campaign.isEmpty, try plan() == nil { return nil }
        return try appliedPlan(campaign: campaign)
    }

    /// The latest version of the campaign's plan; of the one applied last where the id is empty.
    public func appliedPlan(campaign: String) throws -> AppliedPlan {
        guard let version = try plan(campaign: campaign.isEmpty ? nil : campaign) else {
            throw campaign.isEmpty
                ? Failure(
                    .failedPrecondition, "chưa có kế hoạch nào được áp dụng",
                    hint: "chạy: caodiem campaign apply -f plan.yaml", reason: "NO_CAMPAIGN")
                : Failure(
                    .notFound, "không có đợt cao điểm “\(campaign)”", field: "campaign",
                    hint: "chạy: caodiem campaign show")
        }
        return try AppliedPlan(reading: version)
    }

    /// That version of the campaign's plan.
    public func appliedPlan(campaign: String, version number: Int) throws -> AppliedPlan {
        guard let version = try plan(campaign: campaign, version: number) else {
            throw Failure(
                .dataLoss, "kho không còn phiên bản \(number) của kế hoạch \(campaign)",
                field: "campaign", hint: "khôi phục kho từ bản sao lưu")
        }
        return try AppliedPlan(reading: version)
    }
}

extension AppliedPlan {
    fileprivate init(reading version: PlanVersion) throws {
        do {
            let plan = try AppliedPlan.parsed(version)
            self.init(plan: plan, version: version)
        } catch {
            throw Failure(
                .failedPrecondition,
                "kế hoạch \(version.campaign) (phiên bản \(version.version)) không đọc được: \(error)",
                hint: "áp dụng lại tệp kế hoạch đã sửa")
        }
    }

    /// The plans read last, by the digest of their file: one is read for each request and changes rarely.
    private static let read = Mutex<[(sha256: String, plan: CampaignPlan)]>([])
    private static let mostRead = 4

    private static func parsed(_ version: PlanVersion) throws -> CampaignPlan {
        let known = read.withLock { $0.first { $0.sha256 == version.sha256 }?.plan }
        if let known { return known }
        let plan = try PlanFile.parse(bytes: version.yaml, name: version.fileName)
        read.withLock { read in
            if read.count >= mostRead { read.removeFirst() }
            read.append((version.sha256, plan))
        }
        return plan
    }
}
