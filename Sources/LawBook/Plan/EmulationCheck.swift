internal import Rules
internal import Spelling
internal import StrictYAML

/// What no single part of a table of points can see: that its points come to the stated total and no
/// further, that its bands meet, and that what it names is in the plan.
struct EmulationCheck {
    let draft: EmulationDraft
    let targets: [String]
    let reports: Set<ReportKind>
    let reportingYear: DayRange?

    func refuse() {
        guard let fields = draft.fields else { return }
        if Set(draft.table.tieBreaks).count < draft.table.tieBreaks.count {
            fields.refuse("tie_breaks", "holds one of them twice", "keep each once")
        }
        if let year = draft.table.year, let end = reportingYear?.end.civil.year, year != end {
            fields.refuse(
                "year", "is \(year), but the plan's reporting year ends in \(end)",
                "take the table of \(end)")
        }
        for criterion in draft.criteria { refuseNames(criterion) }
        for criterion in draft.criteria { refusePoints(criterion) }
        for entry in draft.disqualifiers { refuseNames(entry) }
        refuseTotals(fields)
        refuseLabels(fields)
    }

    private func refuseNames(_ draft: CriterionDraft) {
        switch draft.criterion.basis {
        case .target(let id, _): requireTarget(id, draft.fields)
        case .deadlines(let asked, _) where !reports.isSuperset(of: asked):
            draft.fields.refuse(
                "deadlines", "counts a report that this plan does not ask for",
                "add it under 'reports' with its due day")
        case .deadlines where draft.criterion.levels.contains(.officer):
            draft.fields.refuse(
                "levels", "holds officer, but reports are duties of units", "leave officer out")
        default: break
        }
    }

    private func refuseNames(_ entry: Placed<Disqualifier>) {
        switch entry.value {
        case .target(let id, _): requireTarget(id, entry.fields)
        case .lateReport(let kind, _) where !reports.contains(kind):
            entry.fields.refuse(
                "report", "is one that this plan does not ask for",
                "add it under 'reports' with its due day")
        case .criterion(let id, let below):
            let ids = draft.criteria.map(\.criterion.id)
            guard let found = draft.criteria.first(where: { $0.criterion.id == id }) else {
                entry.fields.refuse(
                    "criterion", "names '\(id)', which this table does not have",
                    nearestName(to: id, among: ids).map { "did you mean '\($0)'?" }
                        ?? "it has: \(ids.joined(separator: ", "))")
                return
            }
            if below > found.criterion.base {
                entry.fields.refuse(
                    "below_points",
                    "is \(below), more than the \(found.criterion.base) points of "
                        + "'\(id)': it would take out every unit",
                    "write at most \(found.criterion.base)")
            }
        default: break
        }
    }

    private func requireTarget(_ id: String, _ fields: Fields) {
        guard !targets.contains(id) else { return }
        fields.refuse(
            "target", "names the target '\(id)', which this plan does not have",
            nearestName(to: id, among: targets).map { "did you mean '\($0)'?" }
                ?? "add it under 'targets'")
    }

    /// Floor, cap and bands of a criterion stay within its base.
    private func refusePoints(_ draft: CriterionDraft) {
        let criterion = draft.criterion
        if criterion.floor > criterion.base {
            draft.fields.refuse(
                "floor", "is \(criterion.floor), more than the base \(criterion.base)",
                "write at most \(criterion.base)")
        }
        if let cap = criterion.cap, cap < criterion.base {
            draft.fields.refuse(
                "cap", "is \(cap), less than the base \(criterion.base)",
                "write at least \(criterion.base), or lower the base")
        }
        for band in draft.bands where band.value.points > criterion.base {
            band.fields.refuse(
                "points", "are \(band.value.points), more than the base \(criterion.base)",
                "write at most \(criterion.base)")
        }
        refuseJoints(
            draft.bands.map { Range(from: $0.value.from, to: $0.value.to, fields: $0.fields) },
            what: "rates", write: { percent($0) })
    }

    private func refuseLabels(_ fields: Fields) {
        refuseJoints(
            draft.labels.map {
                Range(
                    from: Ratio($0.value.from), to: $0.value.to.map { Ratio($0) }, fields: $0.fields
                )
            }, what: "scores", write: { $0.decimal(places: 0) })
    }

    /// Each level's points come to the total at most, the fullest level's to just the total, and all bonuses
    /// to the bonus cap at most; so no score exceeds total + bonus cap.
    private func refuseTotals(_ fields: Fields) {
        let total = draft.table.total
        let levels = EmulationLevel.allCases.map { level in
            let own = draft.criteria.map(\.criterion).filter { $0.levels.contains(level) }
            return (name: level.rawValue, criteria: own, points: own.reduce(0) { $0 + $1.base })
        }
        if draft.isTotalStated, let over = levels.first(where: { $0.points > total }) {
            fields.refuse(
                "total",
                "is \(total), but the criteria for \(over.name) come to \(over.points): "
                    + sum(over.criteria) { $0.base },
                "lower a base, or write 'total: \(over.points)'")
        } else if draft.isTotalStated, let fullest = levels.map(\.points).max(), fullest < total {
            fields.refuse(
                "total", "is \(total), but the criteria come to \(fullest) at most",
                "add what is missing, or write 'total: \(fullest)'")
        }
        if let cap = draft.bonusCap {
            let bonuses = levels.map { ($0, $0.criteria.reduce(0) { $0 + $1.bonusMaximum }) }
            if let (level, bonus) = bonuses.first(where: { $0.1 > cap }) {
                let paying = level.criteria.filter { $0.bonusMaximum > 0 }
                fields.refuse(
                    "bonus_cap",
                    "is \(cap), but the bonuses for \(level.name) come to \(bonus): "
                        + sum(paying) { $0.bonusMaximum },
                    "lower a bonus's cap, or write 'bonus_cap: \(bonus)'")
            }
        }
        if let floor = draft.table.floorScore, floor > total {
            fields.refuse(
                "floor_score", "is \(floor), more than the total \(total)",
                "write at most \(total)")
        }
    }

    private func sum(_ criteria: [Criterion], _ points: (Criterion) -> Int) -> String {
        criteria.map { "\($0.id) \(points($0))" }.joined(separator: " + ")
    }
}

/// A half-open range with its place.
private struct Range {
    let from: Ratio
    let to: Ratio?
    let fields: Fields
}

/// Ranges start at 0, each where the one before ends, and the last has no end.
private func refuseJoints(_ ranges: [Range], what: String, write: (Ratio) -> String) {
    guard let first = ranges.first, let last = ranges.last else { return }
    if first.from > .zero {
        first.fields.refuse(
            "from", "leaves \(what) from 0 to \(write(first.from)) without a band",
            "let the first band start at 0")
    }
    for (earlier, later) in zip(ranges, ranges.dropFirst()) {
        guard let end = earlier.to else {
            earlier.fields.refuse(
                "from", "starts a band without 'to', yet another follows",
                "add 'to: \(write(later.from))'")
            continue
        }
        if later.from > end {
            later.fields.refuse(
                "from",
                "leaves a gap: no band holds \(what) from \(write(end)) to "
                    + write(later.from), "write 'from: \(write(end))'")
        } else if later.from < end {
            later.fields.refuse(
                "from", "overlaps: the band before holds \(what) up to \(write(end))",
                "write 'from: \(write(end))'")
        }
    }
    for range in ranges {
        if let end = range.to, end <= range.from {
            range.fields.refuse(
                "to", "is not above 'from' (\(write(range.from)))", "correct one of the two")
        }
    }
    if let end = last.to {
        last.fields.refuse(
            "to", "leaves \(what) from \(write(end)) on without a band",
            "leave 'to' out of the last band")
    }
}

/// `50%`, `12.5%`, as a plan writes it.
private func percent(_ rate: Ratio) -> String {
    var text = (rate * Ratio(100)).decimal(places: 4)
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text + "%"
}
