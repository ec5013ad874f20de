internal import Digests
internal import LawBook
internal import Rules
internal import Store
internal import Wire
internal import WorkerKit

/// The campaign's plan: applied as a file, kept version by version.
enum CampaignHandlers {
    @Sendable
    static func apply(
        _ request: CampaignV1.ApplyRequest, _ call: WorkerCall
    ) async throws(Failure) -> CampaignV1.ApplyReply {
        try call.access.requireProvince()
        let plan: CampaignPlan
        do {
            plan = try PlanFile.parse(bytes: request.yaml, name: request.fileName)
        } catch {
            throw Failure(
                .invalidArgument, "\(error)", field: "yaml",
                hint: "sửa các dòng đã nêu rồi áp dụng lại; kế hoạch đang dùng không thay đổi")
        }
        let sha256 = Digests.sha256(of: request.yaml)
        let stamp = call.stamp
        return try await call.save { scope in
            let saved = try scope.savePlan(
                campaign: plan.id, fileName: request.fileName, yaml: request.yaml,
                sha256: sha256, stamp: stamp)
            return reply(
                plan.id, version: saved.version, status: saved.isNew ? "applied" : "unchanged",
                sha256)
        }
    }

    private static func reply(
        _ campaign: String, version: Int, status: String, _ sha256: String
    ) -> CampaignV1.ApplyReply {
        .with {
            $0.campaign = campaign
            $0.version = UInt32(clamping: version)
            $0.status = status
            $0.sha256 = sha256
        }
    }

    @Sendable
    static func show(
        _ request: CampaignV1.ShowRequest, _ call: WorkerCall
    ) async throws(Failure) -> CampaignV1.ShowReply {
        let applied = try await call.load { scope in
            try scope.appliedPlan(campaign: request.campaign)
        }
        return reply(applied)
    }

    private static func reply(_ applied: AppliedPlan) -> CampaignV1.ShowReply {
        let plan = applied.plan
        return .with {
            $0.campaign = plan.id
            $0.version = UInt32(clamping: applied.version.version)
            $0.title = plan.title
            $0.authority = plan.authority
            $0.citation = plan.citation
            $0.windowStart = plan.window.start.description
            $0.windowEnd = plan.window.end.description
            $0.yearStart = plan.reportingYear.start.description
            $0.yearEnd = plan.reportingYear.end.description
            $0.lists = plan.lists.map { list in
                .with {
                    $0.id = list.id
                    $0.title = list.title
                    $0.size = UInt32(clamping: list.size ?? 0)
                    $0.dueOn = list.dueOn.description
                }
            }
            $0.targets = plan.targets.map { target in
                .with {
                    $0.id = target.id
                    $0.measure = target.measure.rawValue
                    $0.list = target.list ?? ""
                    $0.threshold = target.threshold.decimal(
                        places: ScoringTranslation.rateDecimals)
                    $0.dueOn = plan.due(target).description
                    $0.paragraph = target.paragraph
                }
            }
            $0.reports = plan.reports.map { report in
                .with {
                    $0.kind = report.kind.rawValue
                    $0.dueOn = report.dueOn.description
                }
            }
            $0.criteria = plan.emulation.criteria.map { criterion in
                .with {
                    $0.id = criterion.id
                    $0.base = UInt32(clamping: criterion.base)
                }
            }
            $0.sha256 = applied.version.sha256
            $0.yaml = String(decoding: applied.version.yaml, as: UTF8.self)
        }
    }
}
