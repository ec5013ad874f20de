import Wire

/// `caodiem.auction-track/1`: one asset's track as a dated line of steps.
enum AuctionTrackAnswer {
    static func of(_ reply: AuctionV1.ShowTrackReply) -> Answer {
        Answer(json(reply)) { text(reply, $0) }
    }

    private static func json(_ reply: AuctionV1.ShowTrackReply) -> JSON {
        let head = reply.head ?? AuctionV1.AuctionHead()
        let money = reply.money ?? AuctionV1.TrackMoney()
        return .answer(
            "auction-track/1",
            head.members + [
                .init("track", reply.track.map(AuctionListAnswer.json) ?? .null),
                .init("steps", .list(reply.steps, step)),
                .init("findings", .list(reply.findings, finding)),
                .init("schedule", .list(reply.schedule, finding)),
                .init("open", .list(reply.open, AuctionNextAnswer.json)),
                .init("advice", .list(reply.advice, advice)),
                .init(
                    "money",
                    [
                        "value": .number(money.value), "reduced": .integer(money.reduced),
                        "price": .number(money.price), "proceeds": .number(money.proceeds),
                    ]),
            ])
    }

    static func step(_ step: AuctionV1.TrackStep) -> JSON {
        [
            "on": .string(step.on), "event": .string(step.event), "state": .string(step.state),
            "number": step.number == 0 ? .null : .number(step.number),
            "amount": .number(step.amount), "outcome": .text(step.outcome),
            "rule": .text(step.rule), "citation": .text(step.citation),
            "verified": .bool(step.verified),
        ]
    }

    static func finding(_ finding: AuctionV1.TrackFinding) -> JSON {
        [
            "on": .string(finding.on), "fault": .text(finding.fault),
            "rule": .string(finding.rule), "citation": .text(finding.citation),
            "sentence": .string(finding.sentence), "verified": .bool(finding.verified),
            "undetermined": .bool(finding.undetermined),
        ]
    }

    static func advice(_ advice: AuctionV1.TrackAdvice) -> JSON {
        [
            "topic": .string(advice.topic), "rule": .string(advice.rule),
            "citation": .text(advice.citation), "from": .text(advice.from),
            "until": .text(advice.until), "least": .number(advice.least),
            "most": .number(advice.most), "sentence": .string(advice.sentence),
            "verified": .bool(advice.verified),
        ]
    }

    private static func text(
        _ reply: AuctionV1.ShowTrackReply, _ terminal: Terminal
    ) -> String {
        let head = reply.head ?? AuctionV1.AuctionHead()
        let track = reply.track ?? AuctionV1.Track()
        let title = TrackText.title(track, Formats.day(head.asOf))
        return [
            terminal.styled(terminal.paragraph(title.text), .strong),
            terminal.fields(standing(reply, track)),
            steps(reply, terminal),
            section(TrackText.findings, (reply.findings + reply.schedule).map(said), terminal),
            section(TrackText.open, reply.open.map(said), terminal),
            section(TrackText.advice, reply.advice.map(said), terminal),
            ScoreAnswer.unverifiedNote(unverified(reply), terminal) ?? "",
            head.lawBookLine(terminal),
        ].filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    private static func standing(
        _ reply: AuctionV1.ShowTrackReply, _ track: AuctionV1.Track
    ) -> [(Phrase, String)] {
        let money = reply.money ?? AuctionV1.TrackMoney()
        var fields: [(Phrase, String)] = [
            (AuctionText.kind, Terms.assetKind[track.assetKind]),
            (
                AuctionText.state,
                "\(Terms.trackState[track.state]), \(Formats.day(track.stateSince))"
            ),
            (TrackText.value, Formats.money(money.value)),
            (TrackText.reduced, Formats.money(money.reduced)),
            (AuctionText.price, Formats.money(money.price)),
        ]
        if let proceeds = money.proceeds {
            fields.append((TrackText.proceeds, Formats.money(proceeds)))
        }
        if !track.officer.isEmpty { fields.append((AuctionText.officer, track.officer)) }
        return fields
    }

    /// One line a step: day, what happened, how much, the article; a fault stands under its step.
    private static func steps(_ reply: AuctionV1.ShowTrackReply, _ terminal: Terminal) -> String {
        var table = Table([
            Column(TrackText.day), Column(TrackText.what, wrapsTo: 18),
            Column(TrackText.amount, .right, dropOrder: 2),
            Column(AuctionText.state, wrapsTo: 10, dropOrder: 3),
            Column(AuctionText.citation, wrapsTo: 14, dropOrder: 1),
        ])
        for step in reply.steps {
            let isFaulty = step.rule.isEmpty
            table.add([
                Cell(Formats.day(step.on)), Cell(TrackText.event(step)),
                Cell(step.amount.map { Formats.money($0) } ?? ""),
                Cell(Terms.trackState[step.state]),
                Cell(isFaulty ? "✗" : step.citation, isFaulty ? .bad : .plain),
            ])
        }
        return table.rendered(on: terminal)
    }

    private static func section(
        _ title: Phrase, _ lines: [String], _ terminal: Terminal
    ) -> String {
        guard !lines.isEmpty else { return "" }
        return
            ([terminal.styled(title.text, .strong)]
            + lines.map { terminal.paragraph($0, indent: 2) }).joined(separator: "\n")
    }

    private static func said(_ finding: AuctionV1.TrackFinding) -> String {
        "\(Formats.day(finding.on)): \(finding.sentence)"
    }

    private static func said(_ step: AuctionV1.NextStep) -> String {
        "\(Formats.day(step.dueOn)): \(Terms.step[step.step]) (\(step.citation)), "
            + Terms.person[step.person]
    }

    private static func said(_ advice: AuctionV1.TrackAdvice) -> String {
        "\(advice.sentence) (\(advice.citation))"
    }

    private static func unverified(_ reply: AuctionV1.ShowTrackReply) -> Set<String> {
        Set(
            reply.steps.filter { !$0.verified }.map(\.rule)
                + (reply.findings + reply.schedule).filter { !$0.verified }.map(\.rule)
                + reply.advice.filter { !$0.verified }.map(\.rule)
        ).filter { !$0.isEmpty }
    }
}

/// `caodiem.auction-record/1`: what was recorded, and the track as it stands.
enum RecordedEventAnswer {
    static func of(_ reply: AuctionV1.RecordReply) -> Answer {
        let head = reply.head ?? AuctionV1.AuctionHead()
        let members =
            head.members + [
                .init("status", .string(reply.status)),
                .init("step", reply.step.map(AuctionTrackAnswer.step) ?? .null),
                .init("track", reply.track.map(AuctionListAnswer.json) ?? .null),
                .init("findings", .list(reply.findings, AuctionTrackAnswer.finding)),
            ]
        return Answer(.answer("auction-record/1", members)) { text(reply, $0) }
    }

    private static func text(_ reply: AuctionV1.RecordReply, _ terminal: Terminal) -> String {
        let step = reply.step ?? AuctionV1.TrackStep()
        let track = reply.track ?? AuctionV1.Track()
        let head = reply.status == "unchanged" ? TrackText.known : TrackText.recorded
        let article = step.citation.isEmpty ? "" : " (\(step.citation))"
        let line =
            "\(head.text): \(Formats.day(step.on)) \(TrackText.event(step))\(article). "
            + "\(AuctionText.state.text): \(Terms.trackState[track.state])."
        let faults = reply.findings.map {
            terminal.styled("\(Formats.day($0.on)): \($0.sentence)", .bad)
        }
        return ([terminal.paragraph(line)] + faults).joined(separator: "\n")
    }
}

/// `caodiem.auction-watch/1`: one line a track, as it stands or as it changed.
enum WatchedTrackAnswer {
    /// Nil for the head of a change, which every line repeats nothing of.
    static func of(_ message: AuctionV1.WatchedTrack) -> Answer? {
        if message.caughtUp {
            return Answer(.answer("auction-watch/1", [.init("caught_up", .bool(true))])) {
                $0.styled(TrackText.caughtUp.text, .quiet)
            }
        }
        guard let track = message.track else { return nil }
        let members: [JSON.Member] = [
            .init("track", AuctionListAnswer.json(track)), .init("gone", .bool(message.gone)),
        ]
        return Answer(.answer("auction-watch/1", members)) { _ in
            let state = message.gone ? TrackText.gone.text : Terms.trackState[track.state]
            return "\(track.unit)  \(track.decisionNo)  \(track.assetNo)  \(state)  "
                + Formats.day(track.stateSince)
        }
    }
}
