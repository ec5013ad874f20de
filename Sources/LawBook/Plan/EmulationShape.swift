internal import Rules
internal import StrictYAML

/// The table of points with the places of its parts.
struct EmulationDraft {
    var criteria: [CriterionDraft] = []
    var table = EmulationTable.empty
    var labels: [Placed<ScoreLabel>] = []
    var disqualifiers: [Placed<Disqualifier>] = []
    var roles: [Placed<EmulationRole>] = []
    var bonusCap: Int?
    var isTotalStated = false
    var fields: Fields?

    /// A plan without a table of points.
    static var none: EmulationDraft { EmulationDraft() }
}

/// A value with the mapping that it stands in.
struct Placed<Value> {
    let value: Value
    let fields: Fields
}

extension Shape where Value == EmulationDraft {
    static var emulation: Shape<EmulationDraft> {
        .mapping { map in
            var draft = EmulationDraft()
            draft.fields = map
            draft.criteria = map.required("criteria", .list(.criterion, atLeast: 1)) ?? []
            draft.labels = map.optional("labels", .list(.label, atLeast: 1), or: [])
            draft.disqualifiers = map.optional("disqualifiers", .list(.disqualifier), or: [])
            draft.roles = map.optional("roles", .list(.role, atLeast: 1), or: [])
            draft.bonusCap = map.optional("bonus_cap", .integer(in: 0...1000))
            draft.isTotalStated = map.has("total")
            var table = EmulationTable(
                criteria: draft.criteria.map(\.criterion),
                tieBreaks: map.optional("tie_breaks", .list(.choice()), or: []),
                verified: map.required("verified", .flag) ?? false)
            table.year = map.optional("year", .integer(in: 2000...2099))
            table.total = map.optional("total", .points, or: 100)
            table.floorScore = map.optional("floor_score", .points)
            if map.has("disqualifiers") { table.disqualifiers = draft.disqualifiers.map(\.value) }
            table.labels = draft.labels.map(\.value)
            table.roles = draft.roles.map(\.value)
            table.objections = map.optional("objections", .objections)
            draft.table = table
            return draft
        }
    }
}

extension Shape where Value == Placed<ScoreLabel> {
    /// `{label, from, to}`: scores from `from`, below `to`.
    fileprivate static var label: Shape<Placed<ScoreLabel>> {
        .mapping { map in
            let label = map.required("label", .text)
            let from = map.required("from", .integer(in: 0...1000))
            let to = map.optional("to", .points)
            guard let label, let from else { return nil }
            return Placed(value: ScoreLabel(label: label, from: from, to: to), fields: map)
        }
    }
}

/// The keys of which a disqualifier names exactly one, each with the key that belongs to it.
private let grounds: [(key: String, with: String?)] = [
    ("serious_violations", nil), ("violations", nil), ("target", "below"),
    ("report", "days_late_over"), ("criterion", "below_points"),
]

extension Shape where Value == Placed<Disqualifier> {
    fileprivate static var disqualifier: Shape<Placed<Disqualifier>> {
        .mapping { map in
            let serious = map.optional("serious_violations", .points)
            let violations = map.optional("violations", .points)
            let target = map.optional("target", .planID)
            let below = map.optional("below", .share)
            let report = map.optional("report", .reportKind)
            let days = map.optional("days_late_over", .integer(in: 0...1000))
            let criterion = map.optional("criterion", .planID)
            let points = map.optional("below_points", .points)
            guard
                map.hasOne(of: grounds.map(\.key), fix: "say what takes a unit out of the ranking")
            else { return nil }
            for (key, with) in grounds {
                guard let with else { continue }
                if map.has(key), !map.has(with) {
                    map.refuse(key, "needs '\(with)' beside it", "add '\(with): …'")
                } else if !map.has(key), map.has(with) {
                    map.refuse(with, "has no meaning without '\(key)'", "remove it")
                }
            }
            let value: Disqualifier? =
                serious.map { .seriousViolations(atLeast: $0) }
                ?? violations.map { .violations(atLeast: $0) }
                ?? target.flatMap { id in below.map { .target(id: id, below: $0) } }
                ?? report.flatMap { kind in days.map { .lateReport(kind, moreThan: $0) } }
                ?? criterion.flatMap { id in points.map { .criterion(id: id, below: $0) } }
            return value.map { Placed(value: $0, fields: map) }
        }
    }
}

extension Shape where Value == Placed<EmulationRole> {
    /// `{principal, role, units, own}`.
    fileprivate static var role: Shape<Placed<EmulationRole>> {
        .mapping { map in
            let principal = map.required("principal", .principal)
            let duty = map.required("role", .choice(EmulationDuty.self))
            let units = map.optional("units", .list(.text, atLeast: 1))
            let own = map.optional("own", .list(.text, atLeast: 1), or: [])
            if duty == .unit, !map.has("units") {
                map.refuse(
                    "role", "is self, so it needs the units that the person scores",
                    "add 'units: [CODE]'")
                return nil
            }
            guard let principal, let duty else { return nil }
            return Placed(
                value: EmulationRole(principal: principal, duty: duty, units: units, own: own),
                fields: map)
        }
    }
}

extension Shape where Value == String {
    /// `cert:NAME`, `uid:1001`, or the like with one `*` at the end.
    fileprivate static var principal: Shape<String> {
        Shape<String>.text.narrowed(
            to: "a principal such as cert:NAME or uid:1001, a '*' only at its end"
        ) { text in
            let stem = text.hasSuffix("*") ? text.dropLast() : text[...]
            return stem.contains("*") || !stem.contains(":") || text.utf8.count > 256 ? nil : text
        }
    }
}

extension Shape where Value == ObjectionPeriods {
    fileprivate static var objections: Shape<ObjectionPeriods> {
        .mapping { map in
            let days = map.required("days", .integer(in: 1...365))
            let answer = map.required("answer_days", .integer(in: 1...365))
            guard let days, let answer else { return nil }
            return ObjectionPeriods(days: days, answerDays: answer)
        }
    }
}

extension Fields {
    /// Whether exactly one of these keys stands; notes it otherwise.
    func hasOne(of keys: [String], fix: String) -> Bool {
        let named = keys.filter(has)
        guard named.count != 1 else { return true }
        refuse(
            "id",
            "must have exactly one of \(keys.joined(separator: ", ")), "
                + "found \(named.isEmpty ? "none" : named.joined(separator: ", "))", fix)
        return false
    }
}

extension Shape where Value == Int {
    static var points: Shape<Int> { .integer(in: 1...1000) }
}
