import Wire

/// `caodiem.auction-signals/1`: patterns that a person should look at.
enum AuctionSignalsAnswer {
    static func of(_ messages: [AuctionV1.Signal]) -> Answer {
        let head = messages.lazy.compactMap(\.head).first ?? AuctionV1.AuctionHead()
        let signals = messages.filter { $0.head == nil }
        return Answer(json(signals, head)) { text(signals, head, $0) }
    }

    private static func json(
        _ signals: [AuctionV1.Signal], _ head: AuctionV1.AuctionHead
    ) -> JSON {
        .answer(
            "auction-signals/1",
            head.members + [
                .init("signals", .list(signals.filter { $0.undetermined.isEmpty }, signal)),
                .init(
                    "undetermined",
                    .list(signals.filter { !$0.undetermined.isEmpty }) { item in
                        ["rule": .string(item.rule), "text": .string(item.undetermined)]
                    }),
            ])
    }

    private static func signal(_ signal: AuctionV1.Signal) -> JSON {
        [
            "signal": .string(signal.signal), "severity": .string(signal.severity),
            "unit": .text(signal.unit), "subject": .text(signal.subject),
            "evidence": .list(signal.evidence) { row in
                [
                    "kind": .string(row.kind), "unit": .string(row.unit),
                    "decision_no": .string(row.decisionNo), "asset_no": .string(row.assetNo),
                    "number": .number(row.number), "on": .text(row.on),
                    "amount": .number(row.amount),
                    "import": row.change == 0 ? .null : .number(row.change),
                    "file": .text(row.file), "line": row.line == 0 ? .null : .number(row.line),
                ]
            },
            "threshold": .string(signal.threshold), "value": .string(signal.value),
            "rule": .string(signal.rule), "text": .text(signal.text),
        ]
    }

    static func text(
        _ signals: [AuctionV1.Signal], _ head: AuctionV1.AuctionHead, _ terminal: Terminal
    ) -> String {
        let found = signals.filter { $0.undetermined.isEmpty }
        var parts = [terminal.paragraph(SignalText.title(found.count, Formats.day(head.asOf)).text)]
        for signal in found {
            let what = Language.current == .vi ? signal.text : Terms.signal[signal.signal]
            let subject = [signal.unit, signal.subject].filter { !$0.isEmpty }
                .joined(separator: "  ")
            let head = "\(subject): \(what) (\(figures(signal)))"
            let rows = signal.evidence.map { terminal.paragraph(evidence($0), indent: 2) }
            parts.append(
                ([
                    terminal.styled(
                        terminal.paragraph(head), signal.severity == "serious" ? .bad : .pending)
                ] + rows).joined(separator: "\n"))
        }
        parts += signals.filter { !$0.undetermined.isEmpty }.map {
            terminal.paragraph($0.undetermined)
        }
        if !found.isEmpty { parts.append(terminal.paragraph(SignalText.noVerdict.text)) }
        return parts.joined(separator: "\n\n")
    }

    /// A count of failed rounds for G-03, shares for the others.
    private static func figures(_ signal: AuctionV1.Signal) -> String {
        signal.signal == "cap_without_offer"
            ? SignalText.rounds(String(signal.value.prefix { $0 != "." })).text
            : SignalText.share(
                Formats.threshold(signal.value), Formats.threshold(signal.threshold)
            ).text
    }

    private static func evidence(_ row: AuctionV1.SignalEvidence) -> String {
        let number = row.number == 0 ? "" : " \(row.number)"
        let amount = row.amount.map { ", " + Formats.money($0) } ?? ""
        let source = row.file.isEmpty ? "" : ", \(row.file):\(row.line)"
        return
            "\(row.unit) \(row.decisionNo) \(row.assetNo), \(Terms.evidence[row.kind])\(number), "
            + Formats.day(row.on) + amount + source
    }
}

private enum SignalText {
    static let noVerdict = Phrase(
        "Đây là dấu hiệu để xem xét, không phải kết luận.",
        "These are patterns to look at, not conclusions.")
    static func title(_ count: Int, _ day: String) -> Phrase {
        count == 0
            ? Phrase(
                "Không có dấu hiệu nào, tính đến ngày \(day)", "No pattern was found as of \(day)")
            : Phrase(
                "\(Formats.count(count)) dấu hiệu, tính đến ngày \(day)",
                "\(Formats.count(count)) patterns as of \(day)")
    }
    static func share(_ value: String, _ threshold: String) -> Phrase {
        Phrase("\(value), ngưỡng \(threshold)", "\(value), limit \(threshold)")
    }
    static func rounds(_ count: String) -> Phrase {
        Phrase(
            "\(count) lần không thành sau lần giảm thứ hai",
            "\(count) failed rounds after the second reduction")
    }
}
