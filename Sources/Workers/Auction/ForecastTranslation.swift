internal import Rules
internal import Wire

/// Where forecasts become messages.
enum ForecastTranslation {
    static func simulation(
        _ simulation: AuctionSimulation, of file: CaseFile, plan: CampaignPlan?, law: LawTable
    ) -> AuctionV1.Simulation {
        .with {
            $0.unit = simulation.key.unit
            $0.decisionNo = simulation.key.decisionNo
            $0.assetNo = simulation.assetNo
            $0.asOf = simulation.asOf.description
            $0.state = simulation.state.rawValue
            $0.stateSince = simulation.since.description
            $0.lawBook = law.digest
            $0.price = simulation.price?.amount
            $0.paths = simulation.paths.map {
                path($0, of: file, simulation, plan: plan)
            }
            $0.undetermined = simulation.undetermined.map(\.description)
            $0.campaign = plan?.id ?? ""
            $0.officer = file.officer ?? ""
            $0.assetKind =
                file.assets.first { $0.assetNo == simulation.assetNo }?.kind.rawValue ?? ""
        }
    }

    private static func path(
        _ path: SimulatedPath, of file: CaseFile, _ simulation: AuctionSimulation,
        plan: CampaignPlan?
    ) -> AuctionV1.SimulatedPath {
        let (assetNo, day) = (simulation.assetNo, simulation.asOf)
        let targets =
            plan.map { path.targets(of: file, assetNo: assetNo, from: day, plan: $0) } ?? []
        return .with {
            $0.goal = path.goal.rawValue
            $0.procedure = path.procedure?.rawValue ?? ""
            $0.reductions = path.reductions?.rawValue ?? ""
            $0.rate = path.rate?.decimal(places: 6) ?? ""
            $0.round = UInt32(clamping: path.round ?? 0)
            $0.steps = path.steps.map(step)
            $0.reachedOn = path.reachedOn.description
            $0.money = path.money?.amount
            $0.notEnforceable =
                path.moneyNotEnforceable(of: file, assetNo: assetNo, from: day).amount
            $0.meets = targets.filter(\.met).map(\.id)
            $0.misses = targets.filter { !$0.met }.map(\.id)
            $0.dueDays = Set(targets.map(\.dueOn)).sorted().map { day in
                .with {
                    $0.on = day.description
                    $0.reached = path.reachedOn <= day
                }
            }
            $0.notes = path.notes.map { note in
                .with {
                    $0.rule = note.rule
                    $0.citation = note.citation.description
                    $0.dueOn = note.dueOn?.description ?? ""
                }
            }
            $0.verified = path.verified
        }
    }

    private static func step(_ step: SimulatedStep) -> AuctionV1.SimulatedStep {
        .with {
            $0.step = step.action.rawValue
            $0.on = step.on.description
            $0.rule = step.rule
            $0.citation = step.citation.description
            $0.price = step.price?.amount
            $0.number = UInt32(clamping: step.number ?? 0)
            $0.shortened = step.shortened
            $0.verified = step.verified
        }
    }

    static func outlook(_ outlook: UnitOutlook, duties: AuctionDuties) -> AuctionV1.UnitOutlook {
        .with {
            $0.unit = outlook.unit
            $0.targets = outlook.targets.map { target in
                .with {
                    $0.id = target.id
                    $0.dueOn = target.dueOn.description
                    $0.threshold = target.threshold.decimal(places: 6)
                    $0.listed = UInt32(clamping: target.listed)
                    $0.needed = UInt32(clamping: target.needed)
                    $0.state = target.state.rawValue
                    $0.cases = target.cases.map { item(_: $0, asOf: outlook.asOf, duties) }
                }
            }
        }
    }

    private static func item(
        _ item: CaseOutlook, asOf day: Day, _ duties: AuctionDuties
    ) -> AuctionV1.CaseOutlook {
        .with {
            $0.decisionNo = item.key.decisionNo
            $0.officer = item.officer ?? ""
            $0.state = item.state.rawValue
            $0.quickestOn = item.quickestOn?.description ?? ""
            $0.safeOn = item.safeOn?.description ?? ""
            $0.lastDay = item.lastDay?.description ?? ""
            $0.today = item.mustAct(on: day)
            $0.steps = item.steps.map { step in
                let due = duties.next.first {
                    $0.key == item.key && $0.assetNo == step.assetNo
                }
                return .with {
                    $0.assetNo = step.assetNo ?? ""
                    $0.step = step.action.rawValue
                    $0.earliestOn = step.earliestOn.description
                    $0.lastDay = step.lastDay?.description ?? ""
                    $0.rule = step.rule
                    $0.citation = step.citation.description
                    $0.dueOn = due?.dueOn.description ?? ""
                }
            }
        }
    }

    /// `10%`, `5,5%`: a share as offices write it, to two decimals.
    static func percent(_ share: Ratio) -> String {
        var text = (share * Ratio(100)).decimal(places: 2)
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return String(text.map { $0 == "." ? "," : $0 }) + "%"
    }
}
