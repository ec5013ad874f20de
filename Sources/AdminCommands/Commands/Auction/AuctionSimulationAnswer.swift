import Wire

/// `caodiem.auction-simulation/1`: the lawful ways of one asset.
enum AuctionSimulationAnswer {
    static func of(_ reply: AuctionV1.Simulation) -> Answer {
        Answer(json(reply)) { text(reply, $0) }
    }

    static func json(_ reply: AuctionV1.Simulation) -> JSON {
        .answer(
            "auction-simulation/1",
            [
                .init("unit", .string(reply.unit)),
                .init("decision_no", .string(reply.decisionNo)),
                .init("asset_no", .string(reply.assetNo)),
                .init("asset_kind", .text(reply.assetKind)),
                .init("officer", .text(reply.officer)),
                .init("as_of", .string(reply.asOf)),
                .init("state", .string(reply.state)),
                .init("state_since", .text(reply.stateSince)),
                .init("price", .number(reply.price)),
                .init("campaign", .text(reply.campaign)),
                .init("law_book", .text(reply.lawBook)),
                .init("paths", .list(reply.paths, path)),
                .init("undetermined", .list(reply.undetermined) { .string($0) }),
            ])
    }

    private static func path(_ path: AuctionV1.SimulatedPath) -> JSON {
        [
            "procedure": .text(path.procedure),
            "reductions": .text(path.reductions),
            "rate": .text(path.rate),
            "goal": .string(path.goal),
            "round": path.round == 0 ? .null : .number(path.round),
            "steps": .list(path.steps, step),
            "reached_on": .text(path.reachedOn),
            "money": .number(path.money),
            "not_enforceable": .integer(path.notEnforceable),
            "meets": .list(path.meets) { .string($0) },
            "misses": .list(path.misses) { .string($0) },
            "due_days": .list(path.dueDays) { day in
                ["on": .string(day.on), "reached": .bool(day.reached)]
            },
            "notes": .list(path.notes) { note in
                [
                    "rule": .string(note.rule), "citation": .text(note.citation),
                    "due_on": .text(note.dueOn),
                ]
            },
            "verified": .bool(path.verified),
        ]
    }

    private static func step(_ step: AuctionV1.SimulatedStep) -> JSON {
        [
            "step": .string(step.step), "on": .string(step.on), "rule": .string(step.rule),
            "citation": .text(step.citation), "price": .number(step.price),
            "number": step.number == 0 ? .null : .number(step.number),
            "shortened": .bool(step.shortened), "verified": .bool(step.verified),
        ]
    }

    static func text(_ reply: AuctionV1.Simulation, _ terminal: Terminal) -> String {
        let title = SimulationText.title(reply.unit, reply.decisionNo, reply.assetNo).text
        var parts = [
            terminal.styled(terminal.paragraph(title), .strong),
            terminal.fields([
                (SimulationText.state, standing(reply)),
                (SimulationText.price, Formats.money(reply.price)),
            ]),
        ]
        if reply.paths.isEmpty, reply.undetermined.isEmpty {
            parts.append(terminal.paragraph(SimulationText.none.text))
        }
        if !reply.paths.isEmpty { parts.append(table(reply, terminal)) }
        parts += quickest(reply).map { terminal.paragraph(line($0)) }
        parts += notes(reply).map { terminal.paragraph($0) }
        parts += reply.undetermined.map { terminal.paragraph($0) }
        return parts.joined(separator: "\n\n")
    }

    private static func standing(_ reply: AuctionV1.Simulation) -> String {
        SimulationText.since(Terms.trackState[reply.state], Formats.day(reply.stateSince)).text
    }

    private static func table(_ reply: AuctionV1.Simulation, _ terminal: Terminal) -> String {
        let due = reply.paths.first?.dueDays ?? []
        var table = Table(
            [
                Column(SimulationText.goal, wrapsTo: 18),
                Column(SimulationText.round, .right, dropOrder: 3),
                Column(SimulationText.procedure, wrapsTo: 14),
                Column(SimulationText.reductions, wrapsTo: 14),
                Column(SimulationText.rate, .right), Column(SimulationText.reached),
                Column(SimulationText.money, .right),
                Column(SimulationText.notEnforceable, .right, dropOrder: 2),
            ] + due.map { Column(SimulationText.by(Formats.day($0.on)), dropOrder: 1) })
        for path in reply.paths {
            table.add(
                [
                    Cell(Terms.simulationGoal[path.goal]),
                    Cell(path.round == 0 ? Formats.absent : Formats.count(path.round)),
                    Cell(path.procedure.isEmpty ? Formats.absent : Terms.procedure[path.procedure]),
                    Cell(
                        path.reductions.isEmpty
                            ? Formats.absent : Terms.reductionWay[path.reductions]),
                    Cell(Formats.threshold(path.rate)), Cell(Formats.day(path.reachedOn)),
                    Cell(Formats.money(path.money)), Cell(Formats.money(path.notEnforceable)),
                ]
                    + path.dueDays.map { day in
                        day.reached
                            ? Cell(SimulationText.inTime.text, .good)
                            : Cell(SimulationText.tooLate.text, .bad)
                    })
        }
        return table.rendered(on: terminal)
    }

    /// The first path of each goal: they come in order of the day on which it is reached.
    private static func quickest(_ reply: AuctionV1.Simulation) -> [AuctionV1.SimulatedPath] {
        var goals: Set<String> = []
        return reply.paths.filter { !$0.steps.isEmpty && goals.insert($0.goal).inserted }
    }

    private static func line(_ path: AuctionV1.SimulatedPath) -> String {
        let steps = path.steps.map { step in
            let number = step.number == 0 ? "" : " \(step.number)"
            return "\(Formats.day(step.on)) \(Terms.simulatedStep[step.step])\(number)"
        }
        return SimulationText.quickest(Terms.simulationGoal[path.goal]).text + " "
            + steps.joined(separator: " → ")
    }

    private static func notes(_ reply: AuctionV1.Simulation) -> [String] {
        var known: Set<String> = []
        return reply.paths.flatMap(\.notes).compactMap { note in
            let text = SimulationText.note(note.rule, note.citation, Formats.day(note.dueOn)).text
            return known.insert(text).inserted ? text : nil
        }
    }
}

private enum SimulationText {
    static let state = Phrase("Đang ở bước", "State")
    static let price = Phrase("Giá khởi điểm tới", "Next starting price")
    static let goal = Phrase("Đi đến", "Goal")
    static let round = Phrase("Lần", "Round")
    static let procedure = Phrase("Thủ tục", "Procedure")
    static let reductions = Phrase("Giảm giá", "Reductions")
    static let rate = Phrase("Mức", "Rate")
    static let reached = Phrase("Sớm nhất", "Earliest")
    static let money = Phrase("Tiền", "Money")
    static let notEnforceable = Phrase("Tiền chưa có ĐK", "Not enforceable")
    static let inTime = Phrase("kịp", "yes")
    static let tooLate = Phrase("không", "no")
    static let none = Phrase(
        "Không còn bước nào: tài sản đã xử lý xong hoặc việc đã kết thúc.",
        "No step is left: the asset is disposed or the case is finished.")

    static func title(_ unit: String, _ decision: String, _ asset: String) -> Phrase {
        Phrase(
            "\(unit)  \(decision), tài sản \(asset): các đường đi hợp luật",
            "\(unit)  \(decision), asset \(asset): the lawful ways")
    }
    static func since(_ state: String, _ day: String) -> Phrase {
        Phrase("\(state), từ ngày \(day)", "\(state), since \(day)")
    }
    static func by(_ day: String) -> Phrase { Phrase("Kịp \(day)", "By \(day)") }
    static func quickest(_ goal: String) -> Phrase {
        Phrase("Nhanh nhất, \(goal):", "Quickest, \(goal):")
    }
    static func note(_ rule: String, _ citation: String, _ day: String) -> Phrase {
        Phrase(
            "Lưu ý \(rule) (\(citation)): có đường đi vượt ngày \(day).",
            "Note \(rule) (\(citation)): a way runs past \(day).")
    }
}
