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

    func refuseUnfitting(_ emulation: EmulationDraft, reportingYear: DayRange?) {
        refuseRepeated(
            emulation.criteria.map { ($0.criterion.id, $0.fields) }, key: "id", what: "criterion")
        refuseRepeated(
            emulation.labels.map { ($0.value.label, $0.fields) }, key: "label", what: "label")
        EmulationCheck(
            draft: emulation, targets: targets.compactMap(\.id),
            reports: Set(reports.map(\.report.kind)), reportingYear: reportingYear
        ).refuse()
    }
}
