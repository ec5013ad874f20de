internal import Rules
internal import StrictYAML

/// A duty of the plan with the keys it was read from.
struct DutyDraft {
    let duty: PlanDuty
    let fields: Fields
}

extension Shape where Value == DutyDraft {
    /// `{id, days | due_on, paragraph}`; a duty whose day stands in its fact has neither days nor due_on.
    static var planDuty: Shape<DutyDraft> {
        .mapping { map in
            let kind = map.required(
                "id", .choice(among: PlanDuty.limited + PlanDuty.cited))
            let days = map.optional("days", .integer(in: 1...365))
            let dueOn = map.optional("due_on", .planDay)
            let paragraph = map.required("paragraph", .text)
            guard let kind, let paragraph else { return nil }
            let isLimited = PlanDuty.limited.contains(kind)
            let named = ["days", "due_on"].filter(map.has)
            guard named.count == (isLimited ? 1 : 0) else {
                map.refuse(
                    "id",
                    isLimited
                        ? "must have either days or due_on, found \(named.count) of them"
                        : "has its day in the fact itself, so \(named.joined(separator: ", ")) means nothing",
                    isLimited ? "say by when it must be done" : "remove it")
                return nil
            }
            let limit = days.map { PlanDuty.Limit.days($0) } ?? dueOn.map { .day($0) } ?? .none
            return DutyDraft(
                duty: PlanDuty(kind: kind, limit: limit, paragraph: paragraph), fields: map)
        }
    }
}
