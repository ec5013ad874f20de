internal import Rules
internal import StrictYAML

/// A target as it stands in the file, before its list and due day are settled.
struct TargetDraft {
    var id: String?
    let measure: Measure?
    let list: String?
    var asks: Threshold?
    var dueOn: Day?
    var window: DayRange?
    let options: TargetOptions
    let terms: TargetTerms
    let paragraph: String?
    let fields: Fields

    /// The target with what the file leaves out: the measure's own list, and the day that the
    /// measure is due.
    func target(
        lists: [ListDraft], window campaign: DayRange, reportingYear: DayRange
    ) -> Target? {
        guard let id, let measure, let asks, let paragraph else { return nil }
        let listDue = lists.map(\.list.dueOn).max()
        let dueOn =
            switch measure {
            case .largeValueClassified: self.dueOn ?? reportingYear.end
            case .listsSubmitted: self.dueOn ?? listDue ?? campaign.end
            default: self.dueOn ?? (window ?? campaign).end
            }
        var target = Target(
            id: id, measure: measure, list: measure.nominationList == nil ? nil : listName,
            threshold: asks.leastShare, dueOn: dueOn, window: window,
            stage: options.stage ?? .seized,
            counts: options.counts ?? Set(MoneyPart.allCases), paragraph: paragraph)
        if case .share = asks {} else { target.otherThreshold = asks }
        target.scope = terms.scope
        target.population = terms.population
        target.base = terms.base ?? .moving
        return target
    }

    /// The list that the target counts over: its own, else the measure's usual one.
    var listName: String? { list ?? measure?.nominationList }
}

extension Threshold {
    /// The share that stands in the plan, the least of several; the whole where a number is asked.
    fileprivate var leastShare: Ratio {
        switch self {
        case .share(let share): share
        case .bands(let bands): bands.map(\.share).min() ?? Ratio(1)
        case .atLeast: Ratio(1)
        case .lastYear(let plus): plus
        }
    }
}

/// What some measures take beside their threshold.
struct TargetOptions {
    var stage: SeizureStage?
    var counts: Set<MoneyPart>?
    var given: [String] = []
}

extension Measure {
    /// The list that the measure usually counts over; nil for measures over no list.
    var nominationList: String? {
        switch self {
        case .largeValueSeized, .largeValueClassified: "large_value"
        case .oldResolvedCount, .oldResolvedMoney: "old_case"
        default: nil
        }
    }

    /// The options that the measure understands.
    var optionNames: [String] {
        switch self {
        case .largeValueSeized, .casesSeized: ["stage"]
        case .oldResolvedMoney, .moneyResolved: ["counts"]
        default: []
        }
    }
}

extension Shape where Value == [TargetDraft] {
    static var target: Shape<[TargetDraft]> {
        .mapping { map in
            let draft = TargetDraft(
                id: map.required("id", .planID), measure: map.required("measure", .choice()),
                list: map.optional("list", .planID), asks: map.required("threshold", .threshold),
                dueOn: map.optional("due_on", .planDay),
                window: map.optional("window", .dayRange),
                options: map.optional("options", .options, or: TargetOptions()),
                terms: TargetTerms(reading: map),
                paragraph: map.required("paragraph", .text), fields: map)
            if let measure = draft.measure {
                for name in draft.options.given where !measure.optionNames.contains(name) {
                    map.refuse(
                        "options", "holds '\(name)', which \(measure.rawValue) does not take",
                        measure.optionNames.isEmpty
                            ? "remove it" : "use \(measure.optionNames.joined(separator: ", "))")
                }
                if measure.nominationList == nil, map.has("list") {
                    map.refuse(
                        "list", "has no meaning for \(measure.rawValue), which counts over no list",
                        "remove it")
                }
                draft.terms.refuseUnfitting(measure, map)
            }
            return draft.rounds(map)
        }
    }
}

extension Shape where Value == TargetOptions {
    fileprivate static var options: Shape<TargetOptions> {
        .mapping { map in
            let stage: SeizureStage? = map.optional(
                "stage", .choice(among: [.seized, .contracted, .auctioned]))
            let counts = map.optional("counts", .list(.choice(MoneyPart.self), atLeast: 1))
            return TargetOptions(
                stage: stage, counts: counts.map(Set.init),
                given: ["stage", "counts"].filter(map.has))
        }
    }
}
