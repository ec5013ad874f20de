import ArgumentParser
import Wire

/// `caodiem signals`
struct SignalsCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "signals", abstract: SignalsText.abstract.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var campaign: CampaignOptions
    @OptionGroup var day: DayOptions
    @OptionGroup var unit: UnitOptions

    func answer(_ session: Session) async throws -> Answer {
        var request = ScoringV1.SignalsRequest()
        request.campaign = campaign.wire
        request.asOf = day.wire
        request.unit = unit.wire
        return SignalsAnswer.of(try await session.collect(ScoringV1.Scoring.signals, request))
    }
}

/// `caodiem.signals/1`
enum SignalsAnswer {
    static func of(_ signals: [ScoringV1.Signal]) -> Answer {
        let json = JSON.answer("signals/1", [.init("signals", .list(signals, signal))])
        return Answer(json) { terminal in
            guard !signals.isEmpty else { return SignalsText.none.text }
            var table = Table([
                Column(ScoreText.code), Column(SignalsText.check, wrapsTo: 20),
                Column(SignalsText.severity), Column(SignalsText.what, wrapsTo: 24),
                Column(SignalsText.evidence, wrapsTo: 20, dropOrder: 0),
            ])
            for signal in signals {
                let numbers = signal.evidence.map(\.decisionNo).filter { !$0.isEmpty }
                let first = numbers.prefix(5).joined(separator: ", ")
                let more = numbers.count > 5 ? " … (\(Formats.count(numbers.count)))" : ""
                table.add([
                    Cell(signal.unit), Cell(signal.title),
                    Cell(
                        Terms.signalSeverity[signal.severity],
                        signal.severity == "serious" ? .bad : .pending), Cell(signal.text),
                    Cell(first + more),
                ])
            }
            return table.rendered(on: terminal) + "\n\n"
                + terminal.paragraph(SignalsText.note.text)
        }
    }

    private static func signal(_ signal: ScoringV1.Signal) -> JSON {
        [
            "check": .string(signal.check), "title": .string(signal.title),
            "severity": .string(signal.severity), "unit": .string(signal.unit),
            "name": .text(signal.name), "text": .string(signal.text),
            "evidence": .list(signal.evidence) { entry in
                [
                    "decision_no": .text(entry.decisionNo),
                    "facts": .list(entry.facts) { fact in
                        ["name": .string(fact.name), "value": .string(fact.value)]
                    },
                ]
            },
        ]
    }
}

private enum SignalsText {
    static let abstract = Phrase(
        "Dấu hiệu số liệu đẹp hơn thực chất, kèm bằng chứng; không đổi điểm.",
        "Signs of figures better than the work behind them, with evidence; no score changes.")
    static let check = Phrase("Dấu hiệu", "Check")
    static let severity = Phrase("Mức", "Severity")
    static let what = Phrase("Nội dung", "What")
    static let evidence = Phrase("Việc", "Cases")
    static let none = Phrase("Không thấy dấu hiệu nào.", "Nothing was found.")
    static let note = Phrase(
        "Các dấu hiệu này chỉ để người có thẩm quyền xem xét; không làm thay đổi điểm.",
        "These are for a person to look into; none changes a score.")
}
