internal import Rules
internal import Wire

/// Where the rules' results become messages: exact figures are printed here, once.
enum ScoringTranslation {
    /// Decimals of a rate or a threshold on the wire.
    static let rateDecimals = 6

    static func unit(_ unit: Unit, _ results: [TargetResult]) -> ScoringV1.UnitScore {
        .with {
            $0.unit = unit.code
            $0.name = unit.name
            $0.level = unit.level.rawValue
            $0.cluster = unit.cluster ?? ""
            $0.targets = results.map(result)
        }
    }

    static func result(_ result: TargetResult) -> ScoringV1.TargetResult {
        .with {
            $0.id = result.id
            $0.measure = result.measure.rawValue
            $0.paragraph = result.paragraph
            $0.numerator = result.numerator
            $0.denominator = result.denominator
            $0.rate = result.rate?.decimal(places: rateDecimals)
            $0.threshold = result.threshold.decimal(places: rateDecimals)
            $0.state = result.state.rawValue
            $0.dueOn = result.dueOn.description
            $0.split = result.split.map { part in
                .with {
                    $0.part = part.part.rawValue
                    $0.amount = part.amount
                }
            }
            $0.unitOfCount = result.countUnit.rawValue
            $0.daysLate = result.daysLate.map { Int64($0) }
            $0.unverified = result.unverified
            $0.notes = result.notes
            $0.scope = result.scope.rawValue
            $0.parts = result.parts.map(part)
            $0.before = result.before.map(former)
        }
    }

    private static func part(_ part: ScopePart) -> ScoringV1.ScopePart {
        .with {
            $0.key = part.key
            $0.numerator = part.numerator
            $0.denominator = part.denominator
            $0.rate = part.rate?.decimal(places: rateDecimals)
            $0.threshold = part.threshold.decimal(places: rateDecimals)
            $0.state = part.state.rawValue
        }
    }

    private static func former(_ figure: FormerFigure) -> ScoringV1.Figure {
        .with {
            $0.numerator = figure.numerator
            $0.denominator = figure.denominator
            guard figure.denominator > 0 else { return }
            $0.rate = Ratio(Int128(figure.numerator), Int128(figure.denominator))
                .decimal(places: rateDecimals)
        }
    }

    static func nearest(_ nearest: NearestCases) -> ScoringV1.NearestCases {
        .with {
            $0.missing = nearest.missing
            $0.reachable = nearest.isReachable
            $0.cases = nearest.cases.map { entry in
                .with {
                    $0.decisionNo = entry.decisionNo
                    $0.gain = entry.gain
                    $0.remaining = entry.remaining
                }
            }
        }
    }

    static func reason(
        _ reason: CaseReason, changes: [Int64]
    ) -> ScoringV1.CaseReason {
        .with {
            $0.decisionNo = reason.decisionNo
            $0.in = reason.isIn
            $0.counted = reason.isCounted
            $0.rule = reason.rule
            $0.citation = reason.citation.description
            $0.facts = reason.facts.map { fact in
                .with {
                    $0.name = fact.name
                    $0.value = fact.value
                }
            }
            $0.numerator = reason.numerator
            $0.denominator = reason.denominator
            $0.reason = reason.reason
            $0.verified = reason.verified
            $0.changes = changes.map { UInt64(clamping: $0) }
        }
    }
}
