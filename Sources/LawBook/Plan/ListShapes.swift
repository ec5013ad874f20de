internal import Rules
internal import StrictYAML

/// A list, report, target or criterion with the keys it was read from, for checks across the file.
struct ListDraft {
    let list: PlanList
    let fields: Fields
}

struct ReportDraft {
    let report: PlanReport
    let fields: Fields
}

extension Shape where Value == ListDraft {
    static var planList: Shape<ListDraft> {
        .mapping { map in
            let id = map.required("id", .planID)
            let title = map.required("title", .text)
            let size = map.optional("size", .integer(in: 1...100_000))
            let dueOn = map.required("due_on", .planDay)
            let population = map.optional("population", .population)
            guard let id, let title, let dueOn else { return nil }
            return ListDraft(
                list: PlanList(
                    id: id, title: title, size: size, dueOn: dueOn, population: population),
                fields: map)
        }
    }
}

extension Shape where Value == Population {
    /// A filter of its own, or the name of one of the two populations that the measures speak of.
    static var population: Shape<Population> {
        Shape { node, reading in
            guard case .scalar = node.content else { return filter.read(node, reading) }
            switch Shape<NamedPopulation>.choice().read(node, reading) {
            case .largeValue: return Population(unseizedOnly: true)
            case .oldCase:
                return Population(decisionUntil: Day(2017, 12, 31), enforceableOnly: true)
            case nil: return nil
            }
        }
    }

    private static var filter: Shape<Population> {
        .mapping { map in
            var population = Population(
                decisionUntil: map.optional("decision_until", .planDay),
                unseizedOnly: map.optional("unseized_only", .flag, or: false),
                enforceableOnly: map.optional("enforceable_only", .flag, or: false),
                creditInstitutionOnly: map.optional("credit_institution_only", .flag, or: false))
            population.decisionFrom = map.optional("decision_from", .planDay)
            population.initiative = map.optional(
                "initiative", .choice(among: [.onRequest, .exOfficio]))
            population.stateRevenue = map.optional("state_revenue", .flag)
            population.amountFrom = map.optional("amount_from", .amount)
            population.amountBelow = map.optional("amount_below", .amount)
            return population
        }
    }
}

private enum NamedPopulation: String, CaseIterable {
    case largeValue = "large_value"
    case oldCase = "old_case"
}

extension Shape where Value == ReportKind {
    static var reportKind: Shape<ReportKind> { .choice(among: [.lists, .summary]) }
}

extension Shape where Value == ReportDraft {
    static var planReport: Shape<ReportDraft> {
        .mapping { map in
            let kind = map.required("kind", .reportKind)
            let dueOn = map.required("due_on", .planDay)
            guard let kind, let dueOn else { return nil }
            return ReportDraft(report: PlanReport(kind: kind, dueOn: dueOn), fields: map)
        }
    }
}
