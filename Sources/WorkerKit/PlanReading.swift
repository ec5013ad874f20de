internal import LawBook
public import Rules
public import Store
internal import Wire

/// A campaign's plan as applied, read and checked.
public struct AppliedPlan: Sendable {
    public let plan: CampaignPlan
    public let version: PlanVersion
}

extension ReadScope {
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
        do {
            let plan = try PlanFile.parse(bytes: version.yaml, name: version.fileName)
            return AppliedPlan(plan: plan, version: version)
        } catch {
            throw Failure(
                .failedPrecondition,
                "kế hoạch \(version.campaign) (phiên bản \(version.version)) không đọc được: \(error)",
                hint: "áp dụng lại tệp kế hoạch đã sửa")
        }
    }
}
