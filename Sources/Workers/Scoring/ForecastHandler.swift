internal import Rules
internal import Store
internal import Wire
internal import WorkerKit

/// Where each unit will stand on the last day of each target.
enum ForecastHandler {
    @Sendable
    static func forecast(
        _ request: ScoringV1.ForecastRequest, _ call: WorkerCall
    ) async throws(Failure) -> ScoringV1.ForecastReply {
        let day = try call.asOf(request.asOf)
        let law = call.law
        return try await call.load { scope in
            let applied = try scope.appliedPlan(campaign: request.campaign)
            let plan = applied.plan
            var reply = ScoringV1.ForecastReply.with {
                $0.campaign = plan.id
                $0.title = plan.title
                $0.planVersion = UInt32(clamping: applied.version.version)
                $0.asOf = day.description
                $0.lawBook = law.digest
            }
            reply.change = UInt64(clamping: try scope.lastChange())
            for unit in try scope.selectedUnits(request.unit) where plan.scores(unit) {
                let targets = Rules.forecast(
                    of: try scope.unitFile(unit), plan: plan, law: law, asOf: day)
                reply.units.append(
                    .with {
                        $0.unit = unit.code
                        $0.name = unit.name
                        $0.targets = targets.map(ForecastTranslation.target)
                    })
            }
            return reply
        }
    }
}

/// Forecasts become messages here.
private enum ForecastTranslation {
    static func target(_ forecast: TargetForecast) -> ScoringV1.TargetForecast {
        .with {
            $0.result = ScoringTranslation.result(forecast.result)
            $0.lastDay = forecast.lastDay.description
            $0.state = forecast.state.rawValue
            $0.low = figure(forecast.low)
            $0.middle = figure(forecast.middle)
            $0.high = figure(forecast.high)
            $0.reachable = figure(forecast.reachable)
            $0.needed = forecast.needed
            $0.periods = forecast.periods.map { period in
                .with {
                    $0.start = period.start.description
                    $0.end = period.end.description
                    $0.numerator = period.numerator
                    $0.denominator = period.denominator
                }
            }
            $0.missing = forecast.closing?.missing ?? 0
            $0.proof = forecast.closing?.proof.rawValue ?? ""
            $0.closing = (forecast.closing?.cases ?? []).map { entry in
                .with {
                    $0.decisionNo = entry.decisionNo
                    $0.gain = entry.gain
                    $0.remaining = entry.remaining
                    $0.reachedOn = entry.reachedOn?.description ?? ""
                    $0.hindered = entry.isHindered
                }
            }
        }
    }

    private static func figure(_ figure: ForecastFigure) -> ScoringV1.ForecastFigure {
        .with {
            $0.numerator = figure.numerator
            $0.denominator = figure.denominator
            $0.rate = figure.rate?.decimal(places: ScoringTranslation.rateDecimals)
        }
    }
}
