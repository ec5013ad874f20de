internal import Rules
internal import Spelling
internal import StrictYAML

/// What no single entry of a plan can see: names that stand twice, and names of something that is
/// not there.
struct PlanCheck {
    let lists: [ListDraft]
    let reports: [ReportDraft]
    let targets: [TargetDraft]

    func refuseRepeated() {
        refuseRepeated(lists.map { ($0.list.id, $0.fields) }, key: "id", what: "list")
        refuseRepeated(
            reports.map { ($0.report.kind.rawValue, $0.fields) }, key: "kind", what: "report")
        refuseRepeated(
            targets.compactMap { draft in draft.id.map { ($0, draft.fields) } }, key: "id",
            what: "target")
        for draft in targets { refuseMissingList(draft) }
    }

    func refuseRepeated(_ duties: [DutyDraft]) {
        refuseRepeated(
            duties.map { ($0.duty.kind.rawValue, $0.fields) }, key: "id", what: "duty")
    }

    private func refuseRepeated(_ named: [(String, Fields)], key: String, what: String) {
        var seen: Set<String> = []
        for (name, fields) in named where !seen.insert(name).inserted {
            fields.refuse(key, "names \(what) '\(name)' a second time", "give each its own")
        }
    }

    private func refuseMissingList(_ draft: TargetDraft) {
        let ids = lists.map(\.list.id)
        guard draft.measure?.nominationList != nil, let name = draft.listName, !ids.contains(name)
        else { return }
        draft.fields.refuse(
            "list",
            draft.list == nil
                ? "counts over the list '\(name)', which this plan does not have"
                : "names the list '\(name)', which this plan does not have",
            nearestName(to: name, among: ids).map { "did you mean '\($0)'?" }
                ?? "add it under 'lists'")
    }

    func refuseUnfitting(_ emulation: EmulationDraft) {
        refuseRepeated(
            emulation.criteria.map { ($0.criterion.id, $0.fields) }, key: "id", what: "criterion")
        if Set(emulation.tieBreaks).count < emulation.tieBreaks.count {
            emulation.fields?.refuse("tie_breaks", "holds one of them twice", "keep each once")
        }
        let ids = targets.compactMap(\.id)
        let kinds = Set(reports.map(\.report.kind))
        for draft in emulation.criteria {
            switch draft.criterion.basis {
            case .target(let id, _) where !ids.contains(id):
                draft.fields.refuse(
                    "target", "names the target '\(id)', which this plan does not have",
                    nearestName(to: id, among: ids).map { "did you mean '\($0)'?" }
                        ?? "add it under 'targets'")
            case .deadlines(let asked, _) where !kinds.isSuperset(of: asked):
                draft.fields.refuse(
                    "deadlines", "counts a report that this plan does not ask for",
                    "add it under 'reports' with its due day")
            default: continue
            }
        }
    }
}
