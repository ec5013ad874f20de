import ArgumentParser
import Testing
import Wire

@testable import AdminCommands

/// Sheets, grades, what-if and fairness as programs and people read them.
@Suite struct EmulationAnswerTests {
    private static func given(_ points: String, by author: String) -> EmulationV1.GivenScore {
        .with {
            $0.points = points
            $0.bonus = "2.00"
            $0.author = author
            $0.at = "2021-06-07T09:00:00+07:00"
            $0.reason = "thiếu tài liệu"
        }
    }

    static var sheet: EmulationV1.SheetReply {
        .with {
            $0.campaign = "k2021"
            $0.unit = "MX"
            $0.name = "Mỹ Xuyên"
            $0.state = "reviewed"
            $0.asOf = "2021-05-31"
            $0.selfScore = "98.50"
            $0.reviewedScore = "96.00"
            $0.objectUntil = "2021-06-14"
            $0.lines = [
                .with {
                    $0.criterion = "deadlines"
                    $0.base = 10
                    $0.basis = "deadlines"
                    $0.selfScored = given("9.50", by: "cert:mx")
                    $0.reviewed = given("7.00", by: "cert:hd-01")
                }
            ]
            $0.objections = [
                .with {
                    $0.number = 4
                    $0.text = "đã gửi đúng hạn"
                    $0.answerDueOn = "2021-06-16"
                }
            ]
        }
    }

    @Test func aSheetHasItsColumnsSideBySide() {
        let json = SheetAnswer.json(Self.sheet).written()
        #expect(json.hasPrefix(#"{"schema":"caodiem.emulation-sheet/1","campaign":"k2021""#))
        #expect(json.contains(#""computed":null,"self":{"points":"9.50","bonus":"2.00""#))
        #expect(json.contains(#""decided":null}"#))
        #expect(json.contains(#""scores":{"computed":null,"self":"98.50","reviewed":"96.00""#))
        let text = SheetAnswer.text(Self.sheet, .plain)
        #expect(text.contains("9,50 +2,00"))
        #expect(text.contains("thiếu tài liệu"))
        #expect(text.contains("đã thẩm định"))
        #expect(text.contains("cert:hd-01"))
        #expect(text.contains("chưa trả lời, hạn 16/06/2021"))
        #expect(text.contains("14/06/2021"))
    }

    private func parsed<Command>(_ line: String) throws -> Command {
        let command = try RootCommand.parseAsRoot(line.split(separator: " ").map(String.init))
        return try #require(command as? Command, "\(line) is \(command)")
    }

    @Test func pointsEvidenceAndReasonsMakeOneEntryACriterion() throws {
        let command: EmulationSubmitCommand = try parsed(
            "emulation submit MX --points movement=12.5 --reason movement=a=b --bonus old=1 "
                + "--evidence movement=biên-bản-5 --as-of 2021-05-31")
        let request = try command.column.request()
        #expect(request.unit == "MX")
        #expect(request.asOf == "2021-05-31")
        let entries = request.entries
        #expect(entries.map(\.criterion) == ["movement", "old"])
        #expect(entries[0].points == "12.5")
        #expect(entries[0].reason == "a=b")
        #expect(entries[0].evidence == "biên-bản-5")
        #expect(entries[1].bonus == "1")
    }

    @Test(arguments: [
        "--points movement", "--points =1", "--points a=", "--points a=1 --points a=2",
    ])
    func otherEntriesAreUsageErrors(_ words: String) throws {
        let command: EmulationReviewCommand = try parsed("emulation review MX " + words)
        let trouble = #expect(throws: Trouble.self) { try command.column.request() }
        #expect(trouble?.status == .usage)
    }

    @Test func suppositionsAreSplitAtTheLastPoint() throws {
        let command: EmulationSimulateCommand = try parsed(
            "emulation simulate --set ST.05.old_resolved_count=17/20 --weight deadlines=0")
        let request = try command.request()
        #expect(request.rates.map(\.unit) == ["ST.05"])
        #expect(request.rates.map(\.target) == ["old_resolved_count"])
        #expect(request.rates.map(\.rate) == ["17/20"])
        #expect(request.weights.map(\.base) == [0])
        for words in ["--set ST05=1", "--weight deadlines=x", "--set .t=1"] {
            let wrong: EmulationSimulateCommand = try parsed("emulation simulate " + words)
            #expect(throws: Trouble.self) { try wrong.request() }
        }
    }

    @Test func theOtherCommandsRead() throws {
        let object: EmulationObjectCommand = try parsed(
            "emulation object MX --criterion movement --text sai")
        #expect(object.criterion == "movement")
        let answer: EmulationAnswerCommand = try parsed(
            "emulation answer MX 4 upheld --text đúng")
        #expect(answer.number == 4)
        let propose: EmulationProposeCommand = try parsed(
            "emulation propose officer CHV1 base_fighter --reason giỏi")
        #expect(propose.code == "CHV1")
        let award: EmulationAwardCommand = try parsed(
            "emulation award 7 approved --reason đúng")
        #expect(award.outcome == "approved")
        let _: EmulationDecideCommand = try parsed("emulation decide MX")
        let _: EmulationGradesCommand = try parsed("emulation grades --unit MX")
        let _: EmulationProposalsCommand = try parsed("emulation proposals --state draft")
        let _: EmulationFairnessCommand = try parsed("emulation fairness")
        let _: EmulationRefusalsCommand = try parsed("emulation refusals")
        let _: EmulationSheetCommand = try parsed("emulation sheet MX")
    }

    @Test func gradesAreExplainedConditionByCondition() {
        let reply = EmulationV1.GradesReply.with {
            $0.rows = [
                .with {
                    $0.kind = "head"
                    $0.code = "MX"
                    $0.grade = "undetermined"
                    $0.reasons = [
                        .with {
                            $0.id = "GR-15"
                            $0.text = "6/10 (60%), yêu cầu trên 70%."
                            $0.state = "not_met"
                            $0.citation = "NĐ 90/2020 Điều 10"
                        }
                    ]
                }
            ]
            $0.quotas = [
                .with {
                    $0.title = "base_fighter"
                    $0.name = "Chiến sĩ thi đua cơ sở"
                    $0.slots = 1
                    $0.of = 7
                }
            ]
        }
        let json = GradesAnswer.json(reply).written()
        #expect(json.hasPrefix(#"{"schema":"caodiem.emulation-grades/1""#))
        #expect(json.contains(#""grade":"undetermined""#))
        #expect(json.contains(#""slots":null"#), "no citation: the law book has no value")
        let text = GradesAnswer.text(reply, explained: true, .plain)
        #expect(text.contains("cần người quyết định"))
        #expect(text.contains("✗ 6/10 (60%), yêu cầu trên 70%. [NĐ 90/2020 Điều 10] *"))
        #expect(!GradesAnswer.text(reply, explained: false, .plain).contains("✗"))
    }

    @Test func whatIfFairnessAndRefusals() {
        let simulated = EmulationV1.SimulateReply.with {
            $0.moves = [
                .with {
                    $0.unit = "MX"
                    $0.rankBefore = 2
                    $0.rankAfter = 1
                }
            ]
            $0.sensitivity = [.with { $0.criterion = "deadlines" }]
        }
        let json = SimulateAnswer.json(simulated).written()
        #expect(json.contains(#""rank_before":2,"rank_after":1"#))
        #expect(json.contains(#""base_below":null"#))
        #expect(SimulateAnswer.text(simulated, .plain).contains("Hạng mới"))
        let fair = EmulationV1.FairnessReply.with {
            $0.rows = [
                .with {
                    $0.unit = "MX"
                    $0.rate = "0.400000"
                    $0.signals = [
                        .with {
                            $0.id = "reversed_afterwards"
                            $0.severity = "serious"
                            $0.text = "1 việc"
                            $0.evidence = ["12/QĐ"]
                        }
                    ]
                }
            ]
        }
        #expect(FairnessAnswer.json(fair).written().contains(#""age_adjusted_rate":null"#))
        let text = FairnessAnswer.text(fair, .plain)
        #expect(text.contains("40%"))
        #expect(text.contains("MX: 1 việc (nghiêm trọng; 12/QĐ)"))
        let refused = EmulationV1.RefusalsReply.with {
            $0.refusals = [
                .with {
                    $0.principal = "cert:mx"
                    $0.step = "decide"
                    $0.reason = "not_your_duty"
                }
            ]
        }
        #expect(
            RefusalsAnswer.json(refused).written().contains(#""reason":"not_your_duty""#))
        #expect(RefusalsAnswer.text(refused, .plain).contains("cert:mx decide"))
    }
}
