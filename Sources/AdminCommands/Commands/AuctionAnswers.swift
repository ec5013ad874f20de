import Wire

/// `caodiem.auction-list/1`: where each seized asset stands.
enum AuctionListAnswer {
    static func of(_ tracks: [AuctionV1.Track], asOf: String) -> Answer {
        Answer(json(tracks, asOf: asOf)) { text(tracks, asOf: asOf, $0) }
    }

    static func json(_ tracks: [AuctionV1.Track], asOf: String) -> JSON {
        .answer(
            "auction-list/1",
            [
                .init("as_of", .string(asOf)),
                .init(
                    "tracks",
                    .list(tracks) { track in
                        [
                            "unit": .string(track.unit),
                            "decision_no": .string(track.decisionNo),
                            "asset_no": .string(track.assetNo),
                            "asset_kind": .text(track.assetKind),
                            "description": .text(track.descriptionField),
                            "officer": .text(track.officer),
                            "seized_on": .text(track.seizedOn),
                            "state": .string(track.state),
                            "state_since": .text(track.stateSince),
                            "rounds": .number(track.rounds),
                            "reductions": .number(track.reductions),
                            "current_price": .number(track.currentPrice),
                        ]
                    }),
            ])
    }

    static func text(
        _ tracks: [AuctionV1.Track], asOf: String, _ terminal: Terminal
    ) -> String {
        let title = AuctionText.tracks(tracks.count, Formats.day(asOf))
        guard !tracks.isEmpty else { return terminal.paragraph(title.text) }
        var table = Table([
            Column(AuctionText.unit), Column(AuctionText.decision), Column(AuctionText.asset),
            Column(AuctionText.kind, dropOrder: 2), Column(AuctionText.state, wrapsTo: 12),
            Column(AuctionText.since), Column(AuctionText.rounds, .right, dropOrder: 4),
            Column(AuctionText.reductions, .right, dropOrder: 5),
            Column(AuctionText.price, .right, dropOrder: 6),
            Column(AuctionText.officer, dropOrder: 3),
            Column(AuctionText.description, wrapsTo: 20, dropOrder: 1),
        ])
        for track in tracks {
            table.add([
                Cell(track.unit), Cell(track.decisionNo), Cell(track.assetNo),
                Cell(Terms.assetKind[track.assetKind]), Cell(Terms.trackState[track.state]),
                Cell(Formats.day(track.stateSince)), Cell(Formats.count(track.rounds)),
                Cell(Formats.count(track.reductions)), Cell(Formats.money(track.currentPrice)),
                Cell(track.officer), Cell(track.descriptionField),
            ])
        }
        return terminal.paragraph(title.text) + "\n\n" + table.rendered(on: terminal)
    }
}

/// `caodiem.auction-gaps/1`: steps that are late, and on demand those that were done late.
enum AuctionGapsAnswer {
    static func of(_ gaps: [AuctionV1.Gap], asOf: String, past: Bool) -> Answer {
        let unclear = gaps.filter { !$0.undetermined.isEmpty }
        let known = gaps.filter { $0.undetermined.isEmpty }
        let open = known.filter { $0.doneOn == nil }
        let done = past ? known.filter { $0.doneOn != nil } : nil
        return Answer(json(open, done, unclear, asOf: asOf)) { terminal in
            let sections = [
                text(open, done, asOf: asOf, terminal), text(unclear: unclear, terminal),
            ]
            return sections.filter { !$0.isEmpty }.joined(separator: "\n\n")
        }
    }

    private static func json(
        _ open: [AuctionV1.Gap], _ done: [AuctionV1.Gap]?, _ unclear: [AuctionV1.Gap], asOf: String
    ) -> JSON {
        var members: [JSON.Member] = [
            .init("as_of", .string(asOf)), .init("gaps", .list(open, gap)),
        ]
        if let done { members.append(.init("past", .list(done, gap))) }
        members.append(
            .init(
                "undetermined",
                .list(unclear) { gap in
                    [
                        "unit": .string(gap.unit), "decision_no": .string(gap.decisionNo),
                        "asset_no": .string(gap.assetNo), "step": .string(gap.step),
                        "rule": .string(gap.rule), "trigger_on": .text(gap.triggerOn),
                        "reason": .string(gap.undetermined),
                    ]
                }))
        return .answer("auction-gaps/1", members)
    }

    private static func text(unclear: [AuctionV1.Gap], _ terminal: Terminal) -> String {
        guard !unclear.isEmpty else { return "" }
        let lines = unclear.prefix(Limits.shownFindings).map { gap in
            terminal.paragraph(
                "\(gap.unit) \(gap.decisionNo) \(gap.assetNo), \(Terms.step[gap.step]): "
                    + gap.undetermined)
        }
        return ([terminal.paragraph(AuctionText.unclear(unclear.count).text)] + lines)
            .joined(separator: "\n")
    }

    private static func gap(_ gap: AuctionV1.Gap) -> JSON {
        var members: [JSON.Member] = [
            .init("unit", .string(gap.unit)),
            .init("decision_no", .string(gap.decisionNo)),
            .init("asset_no", .string(gap.assetNo)),
            .init("step", .string(gap.step)),
            .init("rule", .string(gap.rule)),
            .init("trigger_on", .text(gap.triggerOn)),
            .init("due_on", .text(gap.dueOn)),
            .init("days_late", .integer(gap.daysLate)),
        ]
        if let done = gap.doneOn { members.append(.init("done_on", .string(done))) }
        members += [
            .init("citation", .text(gap.citation)), .init("officer", .text(gap.officer)),
            .init("verified", .bool(gap.verified)),
        ]
        return .object(members)
    }

    private static func text(
        _ open: [AuctionV1.Gap], _ done: [AuctionV1.Gap]?, asOf: String, _ terminal: Terminal
    ) -> String {
        var parts = [section(AuctionText.gaps(open.count, Formats.day(asOf)), open, terminal)]
        if let done { parts.append(section(AuctionText.past(done.count), done, terminal)) }
        let unverified = Set((open + (done ?? [])).filter { !$0.verified }.map(\.rule))
        parts.append(ScoreAnswer.unverifiedNote(unverified, terminal) ?? "")
        return parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    private static func section(
        _ title: Phrase, _ gaps: [AuctionV1.Gap], _ terminal: Terminal
    ) -> String {
        guard !gaps.isEmpty else { return terminal.paragraph(title.text) }
        let late = gaps.contains { $0.doneOn != nil }
        var columns = [
            Column(AuctionText.unit), Column(AuctionText.decision), Column(AuctionText.asset),
            Column(AuctionText.step, wrapsTo: 16), Column(AuctionText.due),
            Column(AuctionText.daysLate, .right), Column(AuctionText.trigger, dropOrder: 2),
            Column(AuctionText.officer, dropOrder: 3), Column(AuctionText.rule, dropOrder: 4),
            Column(AuctionText.citation, wrapsTo: 16, dropOrder: 1),
        ]
        if late { columns.insert(Column(AuctionText.done), at: 5) }
        var table = Table(columns)
        for gap in gaps {
            var cells = [
                Cell(gap.unit), Cell(gap.decisionNo), Cell(gap.assetNo),
                Cell(Terms.step[gap.step]), Cell(Formats.day(gap.dueOn)),
                Cell(Formats.count(gap.daysLate), .bad), Cell(Formats.day(gap.triggerOn)),
                Cell(gap.officer), Cell(gap.rule + (gap.verified ? "" : "*")), Cell(gap.citation),
            ]
            if late { cells.insert(Cell(Formats.day(gap.doneOn ?? "")), at: 5) }
            table.add(cells)
        }
        return terminal.paragraph(title.text) + "\n\n" + table.rendered(on: terminal)
    }
}

/// `caodiem.auction-next/1`: the next step of every open track.
enum AuctionNextAnswer {
    static func of(_ steps: [AuctionV1.NextStep], asOf: String) -> Answer {
        Answer(json(steps, asOf: asOf)) { text(steps, asOf: asOf, $0) }
    }

    static func json(_ steps: [AuctionV1.NextStep], asOf: String) -> JSON {
        .answer(
            "auction-next/1",
            [
                .init("as_of", .string(asOf)),
                .init(
                    "steps",
                    .list(steps) { step in
                        [
                            "unit": .string(step.unit),
                            "decision_no": .string(step.decisionNo),
                            "asset_no": .string(step.assetNo),
                            "step": .string(step.step),
                            "rule": .string(step.rule),
                            "trigger_on": .text(step.triggerOn),
                            "due_on": .text(step.dueOn),
                            "days_left": .integer(step.daysLeft),
                            "citation": .text(step.citation),
                            "officer": .text(step.officer),
                            "verified": .bool(step.verified),
                        ]
                    }),
            ])
    }

    static func text(
        _ steps: [AuctionV1.NextStep], asOf: String, _ terminal: Terminal
    ) -> String {
        let title = AuctionText.next(steps.count, Formats.day(asOf))
        guard !steps.isEmpty else { return terminal.paragraph(title.text) }
        var table = Table([
            Column(AuctionText.unit), Column(AuctionText.decision), Column(AuctionText.asset),
            Column(AuctionText.step, wrapsTo: 16), Column(AuctionText.due),
            Column(AuctionText.daysLeft, .right), Column(AuctionText.trigger, dropOrder: 2),
            Column(AuctionText.officer, dropOrder: 3), Column(AuctionText.rule, dropOrder: 4),
            Column(AuctionText.citation, wrapsTo: 16, dropOrder: 1),
        ])
        for step in steps {
            let soon: Style = step.daysLeft < 0 ? .bad : step.daysLeft <= 3 ? .pending : .plain
            table.add([
                Cell(step.unit), Cell(step.decisionNo), Cell(step.assetNo),
                Cell(Terms.step[step.step]), Cell(Formats.day(step.dueOn)),
                Cell(Formats.count(step.daysLeft), soon), Cell(Formats.day(step.triggerOn)),
                Cell(step.officer), Cell(step.rule + (step.verified ? "" : "*")),
                Cell(step.citation),
            ])
        }
        let unverified = Set(steps.filter { !$0.verified }.map(\.rule))
        return [
            terminal.paragraph(title.text), table.rendered(on: terminal),
            ScoreAnswer.unverifiedNote(unverified, terminal) ?? "",
        ].filter { !$0.isEmpty }.joined(separator: "\n\n")
    }
}

private enum AuctionText {
    static let unit = Phrase("Đơn vị", "Unit")
    static let decision = Phrase("Quyết định số", "Decision")
    static let asset = Phrase("Tài sản", "Asset")
    static let kind = Phrase("Loại", "Kind")
    static let state = Phrase("Đang ở bước", "State")
    static let since = Phrase("Từ ngày", "Since")
    static let rounds = Phrase("Lần đấu giá", "Rounds")
    static let reductions = Phrase("Lần giảm giá", "Reductions")
    static let price = Phrase("Giá hiện tại", "Current price")
    static let officer = Phrase("Chấp hành viên", "Officer")
    static let description = Phrase("Mô tả", "Description")
    static let step = Phrase("Việc phải làm", "Step")
    static let rule = Phrase("Quy tắc", "Rule")
    static let citation = Phrase("Căn cứ", "Citation")
    static let trigger = Phrase("Tính từ", "Counted from")
    static let due = Phrase("Hạn", "Due")
    static let done = Phrase("Đã làm", "Done")
    static let daysLate = Phrase("Trễ (ngày)", "Days late")
    static let daysLeft = Phrase("Còn (ngày)", "Days left")

    static func tracks(_ count: Int, _ day: String) -> Phrase {
        Phrase(
            "\(Formats.count(count)) tài sản kê biên, tính đến ngày \(day)",
            "\(Formats.count(count)) seized assets as of \(day)")
    }
    static func unclear(_ count: Int) -> Phrase {
        Phrase(
            "\(Formats.count(count)) bước chưa xác định được có trễ hay không:",
            "\(Formats.count(count)) steps of which nobody can say whether they are late:")
    }
    static func gaps(_ count: Int, _ day: String) -> Phrase {
        count == 0
            ? Phrase(
                "Không có bước nào bị trễ, tính đến ngày \(day)", "No step is late as of \(day)")
            : Phrase(
                "\(Formats.count(count)) bước đang trễ, tính đến ngày \(day)",
                "\(Formats.count(count)) steps are late as of \(day)")
    }
    static func past(_ count: Int) -> Phrase {
        Phrase(
            "\(Formats.count(count)) bước đã làm nhưng trễ hạn",
            "\(Formats.count(count)) steps were done late")
    }
    static func next(_ count: Int, _ day: String) -> Phrase {
        Phrase(
            "\(Formats.count(count)) bước tiếp theo, tính đến ngày \(day)",
            "\(Formats.count(count)) next steps as of \(day)")
    }
}
