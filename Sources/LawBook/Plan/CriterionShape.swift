internal import Rules
internal import StrictYAML

/// A criterion of the table with its places.
struct CriterionDraft {
    let criterion: Criterion
    let bands: [Placed<RateBand>]
    let fields: Fields
}

/// The keys of which a criterion names exactly one.
private let bases = ["target", "deadlines", "violations", "manual"]

extension Shape where Value == CriterionDraft {
    static var criterion: Shape<CriterionDraft> {
        .mapping { map in
            let id = map.required("id", .planID)
            let base = map.required("base", .points)
            let levels = map.optional("levels", .list(.choice(EmulationLevel.self), atLeast: 1))
            let floor = map.optional("floor", .integer(in: 0...1000), or: 0)
            let cap = map.optional("cap", .points)
            let target = map.optional("target", .planID)
            let bands = map.optional("bands", .list(.band, atLeast: 1))
            let under = map.optional("under", .under, or: .proRata)
            let bonus = map.optional("bonus", .bonus)
            let other =
                map.optional("deadlines", .deadlines) ?? map.optional("violations", .violations)
                ?? map.optional("manual", .manual)
            guard map.hasOne(of: bases, fix: "say by which of them the points are earned") else {
                return nil
            }
            for key in ["under", "bands", "bonus"] where map.has(key) && !map.has("target") {
                map.refuse(key, "has no meaning without 'target'", "remove it")
            }
            if map.has("under"), map.has("bands") {
                map.refuse("bands", "and 'under' both say what a rate earns", "keep one of them")
            }
            var scale = RateScale(under: bands.map { .bands($0.map(\.value)) } ?? under)
            if let bonus {
                (scale.bonusPoints, scale.bonusStep, scale.bonusCap) = bonus
            }
            let basis = target.map { .target(id: $0, scale: scale) } ?? other
            guard let id, let base, let basis else { return nil }
            return CriterionDraft(
                criterion: Criterion(
                    id: id, base: base, basis: basis,
                    levels: levels.map { Set($0) } ?? EmulationLevel.units, floor: floor, cap: cap),
                bands: bands ?? [], fields: map)
        }
    }
}

extension Shape where Value == Placed<RateBand> {
    /// `{from, to, points}`: rates from `from`, below `to`; the last has no `to`.
    fileprivate static var band: Shape<Placed<RateBand>> {
        .mapping { map in
            let from = map.required("from", .rate)
            let to = map.optional("to", .rate)
            let points = map.required("points", .integer(in: 0...1000))
            guard let from, let points else { return nil }
            return Placed(value: RateBand(from: from, to: to, points: points), fields: map)
        }
    }
}

extension Shape where Value == Ratio {
    /// An exact rate of 0 or more, written `0%`, `80%`, `4/5` or `0.80`.
    fileprivate static var rate: Shape<Ratio> {
        Shape<String>.text.narrowed(to: "a rate such as 0%, 80%, 4/5 or 0.80") { exactRatio($0) }
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

    /// `{evidence}`: whether whoever gives the points must name what they rest on.
    fileprivate static var manual: Shape<Criterion.Basis> {
        .mapping { map in map.required("evidence", .flag).map { .manual(evidence: $0) } }
    }
}

extension Shape where Value == Int {
    fileprivate static var percentagePoints: Shape<Int> { .integer(in: 1...100) }
}
