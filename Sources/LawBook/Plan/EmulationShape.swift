internal import Rules
internal import StrictYAML

/// The table of points with the places of its criteria.
struct EmulationDraft {
    var criteria: [CriterionDraft] = []
    var tieBreaks: [TieBreak] = []
    var verified = false
    var fields: Fields?

    /// A plan without a table of points.
    static var none: EmulationDraft { EmulationDraft() }

    var table: EmulationTable {
        EmulationTable(
            criteria: criteria.map(\.criterion), tieBreaks: tieBreaks, verified: verified)
    }
}

struct CriterionDraft {
    let criterion: Criterion
    let fields: Fields
}

extension Shape where Value == EmulationDraft {
    static var emulation: Shape<EmulationDraft> {
        .mapping { map in
            EmulationDraft(
                criteria: map.required("criteria", .list(.criterion, atLeast: 1)) ?? [],
                tieBreaks: map.optional("tie_breaks", .list(.choice()), or: []),
                verified: map.required("verified", .flag) ?? false, fields: map)
        }
    }
}

/// The keys of which a criterion names exactly one.
private let bases = ["target", "deadlines", "violations"]

extension Shape where Value == CriterionDraft {
    fileprivate static var criterion: Shape<CriterionDraft> {
        .mapping { map in
            let id = map.required("id", .planID)
            let base = map.required("base", .integer(in: 1...1000))
            let target = map.optional("target", .planID)
            let under = map.optional("under", .under, or: .proRata)
            let bonus = map.optional("bonus", .bonus)
            let deadlines = map.optional("deadlines", .deadlines)
            let violations = map.optional("violations", .violations)
            let named = bases.filter(map.has)
            guard named.count == 1 else {
                map.refuse(
                    "id",
                    "must have exactly one of \(bases.joined(separator: ", ")), "
                        + "found \(named.isEmpty ? "none" : named.joined(separator: ", "))",
                    "say by which of them the points are earned")
                return nil
            }
            for key in ["under", "bonus"] where map.has(key) && !map.has("target") {
                map.refuse(key, "has no meaning without 'target'", "remove it")
            }
            var scale = RateScale(under: under)
            if let bonus {
                (scale.bonusPoints, scale.bonusStep, scale.bonusCap) = bonus
            }
            let basis = target.map { .target(id: $0, scale: scale) } ?? deadlines ?? violations
            guard let id, let base, let basis else { return nil }
            return CriterionDraft(
                criterion: Criterion(id: id, base: base, basis: basis), fields: map)
        }
    }
}

extension Shape where Value == RateScale.Under {
    /// `pro_rata`, or `{deduct, per_started_step}`.
    fileprivate static var under: Shape<RateScale.Under> {
        Shape { node, reading in
            if case .scalar(let text, _) = node.content {
                if text == "pro_rata" { return .proRata }
                reading.refuse(
                    node, "must be pro_rata or a deduction, found \(node.shown)",
                    "write pro_rata, or {deduct: …, per_started_step: …}")
                return nil
            }
            return Shape<RateScale.Under>.mapping { map in
                let points = map.required("deduct", .points)
                let step = map.required("per_started_step", .percentagePoints)
                guard let points, let step else { return nil }
                return .deduct(points: points, perStartedStep: step)
            }.read(node, reading)
        }
    }
}

extension Shape where Value == (Int, Int, Int) {
    /// Points, step in percentage points, cap.
    fileprivate static var bonus: Shape<(Int, Int, Int)> {
        .mapping { map in
            let points = map.required("points", .points)
            let step = map.required("per_full_step", .percentagePoints)
            let cap = map.required("cap", .points)
            guard let points, let step, let cap else { return nil }
            return (points, step, cap)
        }
    }
}

extension Shape where Value == Criterion.Basis {
    fileprivate static var deadlines: Shape<Criterion.Basis> {
        .mapping { map in
            let reports = map.required("reports", .list(.reportKind, atLeast: 1))
            let perDay = map.required("per_day", .points)
            guard let reports, let perDay else { return nil }
            return .deadlines(reports: reports, perDay: perDay)
        }
    }

    fileprivate static var violations: Shape<Criterion.Basis> {
        .mapping { map in map.required("each", .points).map { .violations(each: $0) } }
    }
}

extension Shape where Value == Int {
    fileprivate static var points: Shape<Int> { .integer(in: 1...1000) }
    fileprivate static var percentagePoints: Shape<Int> { .integer(in: 1...100) }
}
