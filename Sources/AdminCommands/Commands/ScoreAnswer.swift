import Wire

/// `caodiem.score/1` and the board of the campaign.
enum ScoreAnswer {
    static func of(_ reply: ScoringV1.ScoreReply, oneUnit: Bool) -> Answer {
        Answer(json(reply)) { terminal in
            oneUnit ? UnitSheet.text(reply, terminal) : Board.text(reply, terminal)
        }
    }

    static func json(_ reply: ScoringV1.ScoreReply) -> JSON {
        .answer(
            "score/1",
            [
                .init("campaign", .string(reply.campaign)),
                .init("title", .text(reply.title)),
                .init("plan_version", .number(reply.planVersion)),
                .init("as_of", .string(reply.asOf)),
                .init("law_book", .string(reply.lawBook)),
                .init("change", .number(reply.change)),
                .init("units", .list(reply.units, unit)),
                .init("province", ["targets": .list(reply.province, target)]),
            ])
    }

    private static func unit(_ unit: ScoringV1.UnitScore) -> JSON {
        [
            "unit": .string(unit.unit), "name": .string(unit.name), "level": .text(unit.level),
            "cluster": .text(unit.cluster), "targets": .list(unit.targets, target),
        ]
    }

    static func target(_ target: ScoringV1.TargetResult) -> JSON {
        .object(members(target) + scopeMembers(target))
    }

    /// What only targets of a scope of their own, or against the year before, carry.
    private static func scopeMembers(_ target: ScoringV1.TargetResult) -> [JSON.Member] {
        var members: [JSON.Member] = []
        if !["", "unit"].contains(target.scope) {
            members.append(.init("scope", .string(target.scope)))
            members.append(
                .init(
                    "parts",
                    .list(target.parts) { part in
                        [
                            "key": .text(part.key), "numerator": .integer(part.numerator),
                            "denominator": .integer(part.denominator), "rate": .text(part.rate),
                            "threshold": .string(part.threshold), "state": .string(part.state),
                        ]
                    }))
        }
        if let before = target.before {
            members.append(
                .init(
                    "before",
                    [
                        "numerator": .integer(before.numerator),
                        "denominator": .integer(before.denominator), "rate": .text(before.rate),
                    ]))
        }
        return members
    }

    private static func members(_ target: ScoringV1.TargetResult) -> [JSON.Member] {
        [
            .init("id", .string(target.id)),
            .init("measure", .text(target.measure)),
            .init("numerator", .integer(target.numerator)),
            .init("denominator", .integer(target.denominator)),
            .init("rate", .text(target.rate)),
            .init("threshold", .string(target.threshold)),
            .init("state", .string(target.state)),
            .init("due_on", .text(target.dueOn)),
            .init("split", .object(target.split.map { .init($0.part, .integer($0.amount)) })),
            .init("unit_of_count", .text(target.unitOfCount)),
            .init("paragraph", .text(target.paragraph)),
            .init("days_late", .number(target.daysLate)),
            .init("unverified", .list(target.unverified, JSON.string)),
            .init("notes", .list(target.notes, JSON.string)),
        ]
    }

    /// Mark and rate of one target, as a cell of the board.
    static func cell(_ target: ScoringV1.TargetResult) -> Cell {
        guard let state = TargetState(rawValue: target.state) else { return Cell(target.state) }
        let rate = Formats.percent(target.numerator, of: target.denominator)
        let star = target.unverified.isEmpty ? "" : "*"
        if state == .notApplicable { return Cell(state.mark + star, state.style) }
        return Cell("\(state.mark) \(rate)\(star)", state.style)
    }

    /// Title, plan and day that every sheet begins with.
    static func heading(
        title: String, campaign: String, version: UInt32, asOf: String, _ terminal: Terminal
    ) -> String {
        var lines: [String] = []
        if !title.isEmpty {
            lines += title.printable.wrapped(to: terminal.paragraphWidth)
                .map { terminal.styled($0, .strong) }
        }
        let plan = ScoreText.plan(campaign, version, Formats.day(asOf)).text
        lines.append(terminal.paragraph(plan))
        return lines.joined(separator: "\n")
    }

    static func lawBook(_ digest: String, _ terminal: Terminal) -> String {
        guard !digest.isEmpty else { return "" }
        return terminal.styled(
            terminal.paragraph("\(ScoreText.lawBook): \(digest.prefix(19))…"), .quiet)
    }

    /// What the star means, with the rules it stands for.
    static func unverifiedNote(_ rules: Set<String>, _ terminal: Terminal) -> String? {
        guard !rules.isEmpty else { return nil }
        let names = rules.sorted().joined(separator: ", ")
        return terminal.styled(terminal.paragraph(ScoreText.unverified(names).text), .pending)
    }
}

/// One row a unit, one column a target.
private enum Board {
    static func text(_ reply: ScoringV1.ScoreReply, _ terminal: Terminal) -> String {
        let targets = columns(of: reply)
        let titles = titles(of: targets)
        var table = Table(
            [Column(ScoreText.code), Column(ScoreText.unit, wrapsTo: 14)]
                + titles.map { Column(Phrase($0, $0), .left) })
        for unit in reply.units {
            table.add([Cell(unit.unit), Cell(unit.name)] + cells(unit.targets, targets))
        }
        table.add(
            ["", Cell(ScoreText.province.text, .strong)] + cells(reply.province, targets),
            ruled: true)
        let all = reply.units.flatMap(\.targets) + reply.province
        return [
            ScoreAnswer.heading(
                title: reply.title, campaign: reply.campaign, version: reply.planVersion,
                asOf: reply.asOf, terminal),
            table.renderedInPanels(keeping: 2, on: terminal),
            legend(targets, titles, terminal),
            ScoreAnswer.unverifiedNote(Set(all.flatMap(\.unverified)), terminal),
            ScoreAnswer.lawBook(reply.lawBook, terminal),
        ].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    /// The targets that anyone has, in the order of the plan.
    private static func columns(of reply: ScoringV1.ScoreReply) -> [ScoringV1.TargetResult] {
        var seen: Set<String> = []
        return (reply.province + reply.units.flatMap(\.targets)).filter {
            seen.insert($0.id).inserted
        }
    }

    /// The measures' short names, unless two targets share one.
    private static func titles(of targets: [ScoringV1.TargetResult]) -> [String] {
        let counts = Dictionary(grouping: targets, by: \.measure).mapValues(\.count)
        return targets.map { target in
            counts[target.measure] == 1 ? MeasureName.of(measure(target)).short.text : target.id
        }
    }

    private static func measure(_ target: ScoringV1.TargetResult) -> String {
        target.measure.isEmpty ? target.id : target.measure
    }

    private static func cells(
        _ results: [ScoringV1.TargetResult], _ targets: [ScoringV1.TargetResult]
    ) -> [Cell] {
        targets.map { target in
            results.first { $0.id == target.id }.map(ScoreAnswer.cell) ?? ""
        }
    }

    private static func legend(
        _ targets: [ScoringV1.TargetResult], _ titles: [String], _ terminal: Terminal
    ) -> String {
        let marks = TargetState.allCases.map { "\($0.mark) \($0.name)" }.joined(separator: "   ")
        var pairs = [(ScoreText.marks, marks)]
        for (target, title) in zip(targets, titles) {
            let long = MeasureName.of(measure(target)).long
            let told = ScoreText.target(
                long, threshold: Formats.threshold(target.threshold),
                due: Formats.day(target.dueOn), paragraph: target.paragraph, id: target.id)
            pairs.append((Phrase(title, title), told.text))
        }
        return terminal.fields(pairs)
    }
}

/// One unit: a row a target, with the figures behind the rate.
private enum UnitSheet {
    static func text(_ reply: ScoringV1.ScoreReply, _ terminal: Terminal) -> String {
        let sheets = reply.units.map { unit in
            terminal.styled(terminal.paragraph("\(unit.unit)  \(unit.name)"), .strong) + "\n"
                + table(unit.targets).rendered(on: terminal)
        }
        let rules = Set(reply.units.flatMap(\.targets).flatMap(\.unverified))
        return
            ([
                ScoreAnswer.heading(
                    title: reply.title, campaign: reply.campaign, version: reply.planVersion,
                    asOf: reply.asOf, terminal)
            ] + sheets + [
                ScoreAnswer.unverifiedNote(rules, terminal) ?? "",
                ScoreAnswer.lawBook(reply.lawBook, terminal),
            ]).filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    private static func table(_ targets: [ScoringV1.TargetResult]) -> Table {
        var table = Table([
            Column(ScoreText.targetTitle, wrapsTo: 16), Column(ScoreText.result, wrapsTo: 9),
            Column(ScoreText.rate, .right), Column(ScoreText.numerator, .right),
            Column(ScoreText.denominator, .right),
            Column(ScoreText.threshold, .right, dropOrder: 2), Column(ScoreText.due, dropOrder: 3),
            Column(ScoreText.notes, wrapsTo: 20, dropOrder: 4), Column(ScoreText.id, dropOrder: 1),
        ])
        for target in targets {
            let state = TargetState(rawValue: target.state)
            let name = MeasureName.of(target.measure.isEmpty ? target.id : target.measure).long
            table.add([
                Cell(name.text), Cell(stateText(target, state), state?.style ?? .plain),
                Cell(Formats.percent(target.numerator, of: target.denominator)),
                Cell(amount(target.numerator, target)), Cell(amount(target.denominator, target)),
                Cell(Formats.threshold(target.threshold)), Cell(Formats.day(target.dueOn)),
                Cell(notes(target)), Cell(target.id),
            ])
        }
        return table
    }

    private static func stateText(
        _ target: ScoringV1.TargetResult, _ state: TargetState?
    ) -> String {
        let star = target.unverified.isEmpty ? "" : "*"
        return (state.map { "\($0.mark) \($0.name)" } ?? target.state) + star
    }

    private static func amount(_ value: Int64, _ target: ScoringV1.TargetResult) -> String {
        target.unitOfCount == "money" ? Formats.money(value) : Formats.count(value)
    }

    private static func notes(_ target: ScoringV1.TargetResult) -> String {
        var notes: [String] = []
        if let late = target.daysLate, late > 0 { notes.append(ScoreText.daysLate(late).text) }
        let parts = target.split.filter { $0.amount != 0 }.map {
            "\(Terms.split[$0.part]) \(Formats.money($0.amount))"
        }
        if !parts.isEmpty { notes.append(parts.joined(separator: ", ")) }
        notes += target.notes
        if let before = target.before {
            notes.append(
                ScoreText.before(Formats.percent(before.numerator, of: before.denominator)).text)
        }
        let behind = target.parts.filter { $0.state == "not_met" || $0.state == "in_progress" }
        if !behind.isEmpty {
            let named = behind.prefix(5).map { part in
                "\(part.key.isEmpty ? Formats.absent : part.key) "
                    + Formats.percent(part.numerator, of: part.denominator)
            }
            notes.append(ScoreText.behind(named.joined(separator: ", "), behind.count).text)
        }
        return notes.joined(separator: "; ")
    }
}

enum ScoreText {
    static let code = Phrase("Mã", "Code")
    static let unit = Phrase("Đơn vị", "Unit")
    static let province = Phrase("Toàn tỉnh", "Province")
    static let marks = Phrase("Dấu", "Marks")
    static let lawBook = Phrase("Bộ quy tắc", "Law book")
    static let targetTitle = Phrase("Chỉ tiêu", "Target")
    static let result = Phrase("Kết quả", "Result")
    static let rate = Phrase("Tỷ lệ", "Rate")
    static let numerator = Phrase("Đã đạt", "Reached")
    static let denominator = Phrase("Trên tổng", "Of")
    static let threshold = Phrase("Yêu cầu", "Asked")
    static let due = Phrase("Hạn", "Due")
    static let notes = Phrase("Ghi chú", "Notes")
    static let id = Phrase("Mã chỉ tiêu", "Id")

    static func plan(_ campaign: String, _ version: UInt32, _ day: String) -> Phrase {
        Phrase(
            "Kế hoạch \(campaign), bản \(version); số liệu đến hết ngày \(day)",
            "Plan \(campaign), version \(version); figures as of \(day)")
    }

    static func target(
        _ measure: Phrase, threshold: String, due: String, paragraph: String, id: String
    ) -> Phrase {
        let place = paragraph.isEmpty ? id : "\(paragraph); \(id)"
        return Phrase(
            "\(measure.vi): ít nhất \(threshold), hạn \(due) (\(place))",
            "\(measure.en): at least \(threshold), due \(due) (\(place))")
    }

    static func before(_ rate: String) -> Phrase {
        Phrase("năm trước \(rate)", "the year before \(rate)")
    }

    static func behind(_ named: String, _ count: Int) -> Phrase {
        Phrase("chưa đạt (\(count)): \(named)", "behind (\(count)): \(named)")
    }

    static func daysLate(_ days: Int64) -> Phrase {
        Phrase("trễ \(days) ngày làm việc", "\(days) working days late")
    }

    static func unverified(_ rules: String) -> Phrase {
        Phrase(
            "* chưa kiểm chứng: có dùng quy tắc chưa được đối chiếu với văn bản: \(rules)",
            "* unverified: uses rules that nobody has checked against the text: \(rules)")
    }
}
