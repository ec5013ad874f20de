import Testing
import Wire

@testable import AdminCommands

@Suite("JSON answers, exactly")
struct AnswerShapeTests {
    @Test("score/1")
    func score() {
        let json = ScoreAnswer.json(Samples.score).written()
        #expect(
            json.hasPrefix(
                #"{"schema":"caodiem.score/1","campaign":"soc-trang-2021","title":"Đợt thi hành án"#
            ))
        #expect(json.contains(#""as_of":"2021-05-31","law_book":"sha256:0123456789abcdef0123""#))
        #expect(
            json.contains(
                #""units":[{"unit":"ST05","name":"Chi cục THADS huyện Cù Lao Dung""#))
        #expect(
            json.contains(
                #"{"id":"large_value_seized","measure":"large_value_seized","numerator":8,"#
                    + #""denominator":10,"rate":"0.800000","threshold":"0.800000","state":"met","#
                    + #""due_on":"2021-05-31","split":{},"#))
        #expect(json.contains(#""split":{"collected":1500}"#))
        #expect(json.contains(#""numerator":0,"denominator":0,"rate":null"#))
        #expect(
            json.contains(#""days_late":3,"unverified":["P-09"],"notes":["chưa nhận báo cáo"]"#))
        #expect(json.contains(#""province":{"targets":[{"id":"large_value_seized""#))
    }

    @Test("score-explain/1")
    func explain() {
        var head = ScoringV1.ExplainHead()
        head.campaign = "c"
        head.asOf = "2021-05-31"
        head.unit = "ST05"
        head.target = "large_value_seized"
        var fact = ScoringV1.Fact()
        fact.name = "seized_on"
        fact.value = "2021-04-01"
        var reason = ScoringV1.CaseReason()
        reason.decisionNo = "12"
        reason.in = true
        reason.counted = true
        reason.rule = "T-01"
        reason.citation = "III.1"
        reason.facts = [fact]
        reason.numerator = 1
        reason.denominator = 1
        reason.reason = "đã kê biên"
        let items = [
            ScoringV1.ExplainItem.Item.head(head),
            .summary(Samples.target("large_value_seized", 1, 1, "met")), .reason(reason),
        ].map { item in
            var wrapped = ScoringV1.ExplainItem()
            wrapped.item = item
            return wrapped
        }
        let answer = ExplainAnswer(items)
        let json = answer.json.written()
        #expect(json.hasPrefix(#"{"schema":"caodiem.score-explain/1","campaign":"c""#))
        #expect(
            json.contains(
                #""cases":[{"decision_no":"12","in":true,"counted":true,"rule":"T-01","#
                    + #""facts":[{"name":"seized_on","value":"2021-04-01"}],"#
                    + #""citation":"III.1","#))
        let text = answer.text(.plain)
        #expect(text.contains("✓ đạt"))
        #expect(text.contains("T-01*"))
        #expect(text.contains("chưa kiểm chứng"))
    }

    @Test("auction-gaps/1: done steps only with --past")
    func gaps() {
        let plain = AuctionGapsAnswer.of(Samples.gaps, past: false)
        #expect(
            plain.json.written()
                == #"{"schema":"caodiem.auction-gaps/1","as_of":"2021-05-31","campaign":"st-2021","#
                + #""law_book":"sha256:ab","gaps":[{"#
                + #""unit":"ST05","decision_no":"12/QĐ-CCTHADS","asset_no":"1","#
                + #""step":"hold_auction","rule":"V-10","trigger_on":"2021-03-01","#
                + #""due_on":"2021-04-15","days_late":46,"citation":"Luật THADS Điều 101.3","#
                + #""officer":"Lý Thị Sà Rên","verified":true}],"undetermined":[]}"#)
        let past = AuctionGapsAnswer.of(Samples.gaps, past: true)
        #expect(past.json.written().contains(#""past":[{"unit":"ST05""#))
        #expect(past.json.written().contains(#""days_late":5,"done_on":"2021-03-20""#))
        let text = past.text(.plain)
        #expect(text.contains("1 bước đang trễ, tính đến ngày 31/05/2021"))
        #expect(text.contains("20/03/2021"))
        #expect(text.contains("chưa kiểm chứng"))
        #expect(text.contains("sha256:ab"))
        let none = AuctionGapsAnswer.of([Samples.gaps[0]], past: false)
        #expect(none.text(.plain).hasPrefix("Không có bước nào bị trễ, tính đến ngày 31/05/2021"))
        #expect(!none.json.written().contains("lost"))
    }

    @Test("auction-gaps/1: who lost how many days, only with --sum")
    func lostDays() {
        var lost = AuctionV1.Gap()
        lost.lost = .with {
            $0.unit = "ST05"
            $0.officer = "CHV1"
            $0.days = 51
            $0.steps = 2
        }
        let answer = AuctionGapsAnswer.of(Samples.gaps + [lost], past: true, sum: true)
        #expect(
            answer.json.written().contains(
                #""lost":[{"unit":"ST05","officer":"CHV1","days":51,"steps":2}]"#))
        #expect(answer.text(.plain).contains("Tổng số ngày mất do các bước trễ: 51"))
    }

    @Test("auction-gaps/1: an undetermined step names its officer")
    func undeterminedGap() {
        var unclear = AuctionV1.Gap()
        unclear.unit = "ST05"
        unclear.officer = "CHV1"
        unclear.rule = "V-10"
        unclear.undetermined = "Sổ luật không có giá trị"
        let answer = AuctionGapsAnswer.of([Samples.gaps[0], unclear], past: false)
        #expect(answer.json.written().contains(#""officer":"CHV1","reason":"Sổ luật"#))
    }

    @Test("auction-list/1 and auction-next/1")
    func tracks() {
        var track = AuctionV1.Track()
        track.unit = "ST05"
        track.state = "reduced"
        let list = AuctionListAnswer.of([.with { $0.head = Samples.auctionHead }, track])
        #expect(list.json.written().hasPrefix(#"{"schema":"caodiem.auction-list/1","as_of":"#))
        #expect(list.json.written().contains(#""current_price":null"#))
        #expect(list.text(.plain).contains("đã giảm giá"))
        var step = AuctionV1.NextStep()
        step.unit = "ST05"
        step.step = "post_again"
        step.rule = "policy"
        step.daysLeft = -2
        let next = AuctionNextAnswer.of([.with { $0.head = Samples.auctionHead }, step])
        #expect(next.json.written().contains(#""rule":"policy""#))
        #expect(next.json.written().contains(#""days_left":-2"#))
    }

    @Test("auction-track/1: steps with articles, a forbidden one marked")
    func assetTrack() {
        var reply = AuctionV1.ShowTrackReply()
        reply.head = Samples.auctionHead
        reply.track = .with {
            $0.unit = "ST05"
            $0.state = "reduced"
        }
        reply.steps = [
            .with {
                $0.on = "2021-04-19"
                $0.event = "held"
                $0.number = 1
                $0.outcome = "no_bids"
                $0.state = "failed"
                $0.rule = "A-12"
                $0.citation = "LĐGTS Điều 52.1"
                $0.verified = true
            },
            .with {
                $0.on = "2021-04-20"
                $0.event = "reduced"
                $0.number = 1
                $0.amount = 800
                $0.state = "reduced"
            },
        ]
        reply.findings = [
            .with {
                $0.fault = "reduced_too_deep"
                $0.on = "2021-04-20"
                $0.rule = "R-04"
                $0.sentence = "Mức giảm vượt quá mức tối đa của mỗi lần."
                $0.verified = true
            }
        ]
        let answer = AuctionTrackAnswer.of(reply)
        let json = answer.json.written()
        #expect(json.hasPrefix(#"{"schema":"caodiem.auction-track/1","as_of":"2021-05-31""#))
        #expect(json.contains(#""amount":800,"outcome":null,"rule":null,"citation":null"#))
        let text = answer.text(.plain)
        #expect(text.contains("đấu giá lần 1: không có người trả giá"))
        #expect(text.contains("20/04/2021: Mức giảm vượt quá"))
    }

    @Test("emulation-rank/1: points are strings, the disqualified have no rank")
    func rank() {
        let json = RankAnswer.json(Samples.rank).written()
        #expect(json.hasPrefix(#"{"schema":"caodiem.emulation-rank/1""#))
        #expect(
            json.contains(
                #""rows":[{"rank":1,"unit":"ST05","name":"Cù Lao Dung","cluster":"1","#
                    + #""score":"98.50","criteria":[{"id":"large_value_seized","points":"30.00","#
                    + #""base":"30.00","bonus":"2.00","deduction":"0.00","reason":null}],"#))
        #expect(
            json.contains(
                #""disqualified":false,"disqualified_because":null,"ties_broken_by":null,"#
                    + #""label":null,"undetermined":[],"officer":null}"#))
        #expect(json.contains(#"{"rank":null,"unit":"ST06""#))
        let text = RankAnswer.text(Samples.rank, .plain)
        #expect(text.contains("98,50"))
        #expect(text.contains("không xét: vi phạm nghiêm trọng"))
        #expect(text.contains("chưa kiểm chứng"))
    }

    @Test("case/1")
    func showCase() {
        let json = CaseAnswer.json(Samples.showCase).written()
        #expect(
            json.hasPrefix(
                #"{"schema":"caodiem.case/1","unit":"ST05","unit_name":null,"#
                    + #""decision_no":"12/QĐ-CCTHADS","as_of":"2021-05-31","remaining":1000000000,"#
                    + #""status":"enforceable","status_since":null,"money_not_enforceable":400000000"#
            ))
        #expect(json.contains(#""rules":[{"id":"M-04""#))
        #expect(json.contains(#""amount":234567890"#))
        let text = CaseAnswer.text(Samples.showCase, .plain)
        #expect(text.contains("1.000.000.000 đ"))
        #expect(text.contains("M-04*: đã giảm giá lần thứ hai (TT 06/2019)"))
    }

    @Test("import/1: paths as typed; rejected exits 1")
    func imports() throws {
        let selection = try ImportSelection(
            ["lists"], kind: nil, on: FakeDisk(["lists": ["cases.csv", "readme.txt"]]))
        var result = IngestionV1.Result()
        result.status = "rejected"
        result.files = [Samples.fileResult(errors: 1)]
        let answer = ImportAnswer(selection, result).answer
        #expect(answer.status == .failed)
        #expect(
            answer.json.written()
                == #"{"schema":"caodiem.import/1","status":"rejected","change":null,"files":[{"#
                + #""path":"lists/cases.csv","kind":"cases","sha256":"ab","rows":2,"inserted":1,"#
                + #""corrected":0,"unchanged":0,"errors":[{"line":3,"column":"decision_on","#
                + #""code":"bad_date","message":"không phải ngày","hint":"viết dạng 31/05/2021","#
                + #""found":"31/2/2021","expected":null,"sheet":null,"cell":null,"severity":null}],"warnings":[],"#
                + #""more_errors":0,"more_warnings":0,"sheets":[]}],"#
                + #""skipped":["lists/readme.txt"]}"#)
        let text = answer.text(.plain)
        #expect(text.contains("bị từ chối"))
        #expect(text.contains("dòng 3, cột decision_on: không phải ngày “31/2/2021” [bad_date]"))
        result.status = "applied"
        #expect(ImportAnswer(selection, result).answer.status == .ok)
        result.status = "unchanged"
        #expect(ImportAnswer(selection, result).answer.status == .ok)
    }

    @Test("long lists of findings are cut in text and say how many are left")
    func manyFindings() throws {
        let selection = try ImportSelection(["cases.csv"], kind: nil, on: FakeDisk())
        var file = Samples.fileResult(errors: Limits.shownFindings + 5)
        file.moreErrors = 1_000
        var result = IngestionV1.Result()
        result.status = "rejected"
        result.files = [file]
        let text = ImportAnswer(selection, result).answer.text(.plain)
        #expect(text.contains("… và 1.005 mục nữa"))
    }

    @Test("status/1, plugins/1, plugin/1, version/1")
    func fleet() {
        var plugin = AdminV1.PluginSummary()
        plugin.id = "scoring"
        plugin.state = "QUARANTINED"
        plugin.reason = "exit 1"
        var status = AdminV1.StatusReply()
        status.software = "caodiem-coordinator/0.1.0"
        status.protocol = 1 << 16
        status.plugins = [plugin]
        let json = StatusAnswer.json(status).written()
        #expect(json.hasPrefix(#"{"schema":"caodiem.status/1","ready":false"#))
        #expect(json.contains(#""protocol":"1.0""#))
        #expect(json.contains(#"{"id":"scoring","state":"QUARANTINED","pid":null"#))
        #expect(StatusAnswer.text(status, .plain).hasPrefix("Hệ thống chưa sẵn sàng"))
        #expect(
            PluginAnswers.list([plugin]).json.written().hasPrefix(
                #"{"schema":"caodiem.plugins/1","plugins":[{"id":"scoring""#))
        var shown = AdminV1.ShowPluginReply()
        shown.summary = plugin
        shown.log = ["dòng 1\u{1B}[2J"]
        let answer = PluginAnswers.show(shown)
        #expect(answer.json.written().hasPrefix(#"{"schema":"caodiem.plugin/1","id":"scoring""#))
        #expect(answer.json.written().contains(#""last_exit":null"#))
        #expect(!answer.text(.plain).contains("\u{1B}"))
        #expect(VersionAnswer.json(nil).written().hasSuffix(#""coordinator":null}"#))
        #expect(VersionAnswer.json(status).written().contains(#""coordinator":{"software":"#))
    }

    @Test("campaign/1")
    func campaign() {
        var applied = CampaignV1.ApplyReply()
        applied.campaign = "soc-trang-2021"
        applied.version = 1
        applied.status = "applied"
        applied.sha256 = "ab"
        #expect(
            CampaignAnswers.applied(applied).json.written()
                == #"{"schema":"caodiem.campaign/1","campaign":"soc-trang-2021","version":1,"#
                + #""status":"applied","sha256":"ab"}"#)
        var show = CampaignV1.ShowReply()
        show.campaign = "soc-trang-2021"
        var list = CampaignV1.PlanListEntry()
        list.id = "old_case"
        show.lists = [list]
        #expect(CampaignAnswers.json(show).written().contains(#""lists":[{"id":"old_case""#))
        #expect(CampaignAnswers.json(show).written().contains(#""size":null"#))
    }

    @Test("error/1, and the same for people")
    func errors() {
        let trouble = Trouble(.failed, code: "NOT_FOUND", "không có", field: "unit", hint: "xem")
        #expect(
            trouble.json.written()
                == #"{"schema":"caodiem.error/1","code":"NOT_FOUND","message":"không có","#
                + #""field":"unit","hint":"xem"}"#)
        #expect(trouble.text(on: .plain) == "lỗi: không có (unit)\n  gợi ý: xem")
        Language.$current.withValue(.en) {
            #expect(trouble.text(on: .plain) == "error: không có (unit)\n  hint: xem")
        }
    }
}
