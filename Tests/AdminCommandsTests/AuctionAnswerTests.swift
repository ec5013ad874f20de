import Testing
import Wire

@testable import AdminCommands

@Suite("Forecasts, firms and signals, exactly")
struct AuctionAnswerTests {
    static var simulation: AuctionV1.Simulation {
        var post = AuctionV1.SimulatedStep()
        post.step = "post"
        post.on = "2021-05-13"
        post.rule = "Q-01"
        post.citation = "Quy ước Q-01"
        post.price = 729_000_000
        post.number = 3
        post.shortened = true
        var opening = AuctionV1.SimulatedStep()
        opening.step = "hold_auction"
        opening.on = "2021-05-20"
        opening.rule = "A-06.real_estate"
        opening.citation = "LĐGTS Điều 53.2.b"
        opening.number = 3
        opening.shortened = true
        opening.verified = true
        var due = AuctionV1.DueDay()
        due.on = "2021-05-31"
        due.reached = true
        var path = AuctionV1.SimulatedPath()
        path.goal = "m04"
        path.procedure = "shortened"
        path.round = 3
        path.reachedOn = "2021-05-20"
        path.money = 729_000_000
        path.notEnforceable = 271_000_000
        path.meets = ["large_value_classified"]
        path.misses = ["large_value_seized"]
        path.dueDays = [due]
        path.steps = [post, opening]
        var simulation = AuctionV1.Simulation()
        simulation.unit = "MX"
        simulation.decisionNo = "1/QĐ"
        simulation.assetNo = "TS1"
        simulation.asOf = "2021-05-12"
        simulation.state = "reduced"
        simulation.stateSince = "2021-05-12"
        simulation.price = 729_000_000
        simulation.lawBook = "sha256:0"
        simulation.paths = [path]
        return simulation
    }

    @Test("auction-simulation/1")
    func simulate() {
        let answer = AuctionSimulationAnswer.of(Self.simulation)
        let json = answer.json.written()
        #expect(
            json.hasPrefix(
                #"{"schema":"caodiem.auction-simulation/1","unit":"MX","decision_no":"1/QĐ","#
                    + #""asset_no":"TS1","asset_kind":null,"officer":null,"as_of":"2021-05-12","#
                    + #""state":"reduced","state_since":"2021-05-12","price":729000000,"#))
        #expect(
            json.contains(
                #""paths":[{"procedure":"shortened","reductions":null,"rate":null,"goal":"m04","#
                    + #""round":3,"steps":[{"step":"post","on":"2021-05-13","rule":"Q-01","#
                    + #""citation":"Quy ước Q-01","price":729000000,"number":3,"shortened":true,"#
                    + #""verified":false},"#))
        #expect(
            json.contains(
                #""reached_on":"2021-05-20","money":729000000,"not_enforceable":271000000,"#
                    + #""meets":["large_value_classified"],"misses":["large_value_seized"],"#
                    + #""due_days":[{"on":"2021-05-31","reached":true}],"notes":[],"#))
        let text = answer.text(.plain)
        #expect(text.contains("giảm hai lần, không bán được (M-04)"))
        #expect(text.contains("13/05/2021 niêm yết 3 → 20/05/2021 đấu giá 3"))
        #expect(text.contains("271.000.000 đ"))
    }

    static var outlook: AuctionV1.OutlookReply {
        var step = AuctionV1.OutlookStep()
        step.step = "seize"
        step.earliestOn = "2021-05-31"
        step.lastDay = "2021-05-31"
        step.rule = "C-01"
        var item = AuctionV1.CaseOutlook()
        item.decisionNo = "1/QĐ"
        item.state = "safe"
        item.quickestOn = "2021-05-31"
        item.safeOn = "2021-05-31"
        item.lastDay = "2021-05-31"
        item.today = true
        item.steps = [step]
        var target = AuctionV1.TargetOutlook()
        target.id = "large_value_seized"
        target.dueOn = "2021-05-31"
        target.threshold = "0.800000"
        target.listed = 10
        target.needed = 8
        target.state = "safe"
        target.cases = [item]
        var unit = AuctionV1.UnitOutlook()
        unit.unit = "MX"
        unit.targets = [target]
        var reply = AuctionV1.OutlookReply()
        reply.asOf = "2021-05-31"
        reply.campaign = "st"
        reply.units = [unit]
        return reply
    }

    @Test("auction-outlook/1: what must happen today is said")
    func outlookAnswer() {
        let answer = AuctionOutlookAnswer.of(Self.outlook)
        let json = answer.json.written()
        let expected = [
            #""targets":[{"id":"large_value_seized","due_on":"2021-05-31","#,
            #""threshold":"0.800000","listed":10,"needed":8,"state":"safe","cases":["#,
            #"{"decision_no":"1/QĐ","officer":null,"state":"safe","#,
            #""quickest_on":"2021-05-31","safe_on":"2021-05-31","#,
            #""last_day":"2021-05-31","today":true,"steps":[{"asset_no":null,"#,
            #""step":"seize","earliest_on":"2021-05-31","last_day":"2021-05-31","#,
        ].joined()
        #expect(json.contains(expected))
        #expect(answer.text(.plain).contains("Phải làm ngay hôm nay mới kịp: 1/QĐ."))
    }

    static var head: AuctionV1.AuctionHead {
        var head = AuctionV1.AuctionHead()
        head.asOf = "2021-05-31"
        head.lawBook = "sha256:0"
        return head
    }

    static var firmHead: AuctionV1.Firm {
        var message = AuctionV1.Firm()
        message.head = head
        return message
    }

    static var signalHead: AuctionV1.Signal {
        var message = AuctionV1.Signal()
        message.head = head
        return message
    }

    static var house: AuctionV1.Firm {
        var expired = AuctionV1.FirmObstacle()
        expired.code = "licence_expired"
        expired.text = "giấy phép hết hiệu lực ngày 29/03/2021"
        var record = AuctionV1.HouseRecord()
        record.contracts = 2
        record.held = 3
        record.sold = 1
        record.shareSold = "0.333333"
        record.priceOverStart = "1.097394"
        record.contractToAuctionDays = "37.67"
        var finding = AuctionV1.FirmFinding()
        finding.unit = "MX"
        finding.decisionNo = "1/QĐ"
        finding.assetNo = "TS1"
        finding.number = 1
        finding.on = "2021-03-30"
        finding.obstacles = [expired]
        finding.rule = "V-08a"
        finding.citation = "LĐGTS Điều 56"
        var firm = AuctionV1.Firm()
        firm.code = "DG01"
        firm.name = "Đấu giá Tín Phát"
        firm.registered = true
        firm.licenceUntil = "2021-03-29"
        firm.obstacles = [expired]
        firm.units = ["MX"]
        firm.house = record
        firm.findings = [finding]
        return firm
    }

    @Test("auction-houses/1 and appraisers/1")
    func firms() {
        let answer = AuctionFirmsAnswer.of([Self.firmHead, Self.house], .houses)
        let json = answer.json.written()
        #expect(
            json.hasPrefix(
                #"{"schema":"caodiem.auction-houses/1","as_of":"2021-05-31","campaign":null,"law_book":"sha256:0","houses":["#
                    + #"{"code":"DG01","name":"Đấu giá Tín Phát","registered":true,"#))
        #expect(
            json.contains(#""share_sold":"0.333333","price_over_start":"1.097394","#))
        #expect(json.contains(#""posting_to_auction_days":null"#))
        #expect(json.contains(#""rule":"V-08a","citation":"LĐGTS Điều 56"}]"#))
        let shown = AuctionFirmsAnswer.of([Self.house], .houses, whole: true)
        #expect(
            shown.text(.plain).contains(
                "MX 1/QĐ TS1: hợp đồng ngày 30/03/2021 khi giấy phép hết hiệu lực"))
        var unknown = AuctionV1.Firm()
        unknown.name = "Công ty Lạ"
        unknown.appraiser = .with { $0.valuations = 2 }
        let appraisers = AuctionFirmsAnswer.of([Self.firmHead, unknown], .appraisers)
        #expect(
            appraisers.json.written().hasPrefix(
                #"{"schema":"caodiem.appraisers/1","as_of":"2021-05-31","campaign":null,"law_book":"sha256:0","appraisers":["#
                    + #"{"code":null,"name":"Công ty Lạ","registered":false,"#))
        #expect(appraisers.text(.plain).contains("chưa đăng ký"))
    }

    static var signal: AuctionV1.Signal {
        var row = AuctionV1.SignalEvidence()
        row.kind = "rounds"
        row.unit = "MX"
        row.decisionNo = "1/QĐ"
        row.assetNo = "TS1"
        row.number = 1
        row.on = "2021-03-30"
        row.amount = 900_000_000
        row.change = 4
        row.file = "rounds.csv"
        row.line = 17
        var signal = AuctionV1.Signal()
        signal.signal = "single_house"
        signal.severity = "minor"
        signal.unit = "MX"
        signal.subject = "Đấu giá Tín Phát"
        signal.threshold = "0.700000"
        signal.value = "0.800000"
        signal.rule = "G-01"
        signal.text = "một tổ chức đấu giá nhận phần lớn hợp đồng của đơn vị"
        signal.evidence = [row]
        return signal
    }

    @Test("auction-signals/1: rows as evidence, limits that are missing apart")
    func signals() {
        var missing = AuctionV1.Signal()
        missing.rule = "G-02"
        missing.undetermined = "Sổ luật không có giá trị của quy tắc G-02."
        let answer = AuctionSignalsAnswer.of([Self.signalHead, Self.signal, missing])
        #expect(
            answer.json.written()
                == #"{"schema":"caodiem.auction-signals/1","as_of":"2021-05-31","campaign":null,"law_book":"sha256:0","signals":[{"#
                + #""signal":"single_house","severity":"minor","unit":"MX","#
                + #""subject":"Đấu giá Tín Phát","evidence":[{"kind":"rounds","unit":"MX","#
                + #""decision_no":"1/QĐ","asset_no":"TS1","number":1,"on":"2021-03-30","#
                + #""amount":900000000,"import":4,"file":"rounds.csv","line":17}],"#
                + #""threshold":"0.700000","value":"0.800000","rule":"G-01","#
                + #""text":"một tổ chức đấu giá nhận phần lớn hợp đồng của đơn vị"}],"#
                + #""undetermined":[{"rule":"G-02","#
                + #""text":"Sổ luật không có giá trị của quy tắc G-02."}]}"#)
        let text = answer.text(.plain)
        #expect(text.contains("(80%, ngưỡng 70%)"))
        #expect(text.contains("rounds.csv:17"))
        #expect(text.contains("không phải kết luận"))
    }

    @Test("nothing is lost on narrow terminals", arguments: [20, 40, 80, 120])
    func narrow(width: Int) {
        let terminal = Terminal(width: width, colour: false, interactive: true)
        for answer in [
            AuctionSimulationAnswer.of(Self.simulation), AuctionOutlookAnswer.of(Self.outlook),
            AuctionFirmsAnswer.of([Self.firmHead, Self.house], .houses),
            AuctionFirmsAnswer.of([Self.house], .houses, whole: true),
            AuctionSignalsAnswer.of([Self.signal]),
        ] {
            let text = answer.text(terminal)
            let widest = text.split(separator: "\n").map { Width.of($0) }.max() ?? 0
            #expect(widest <= width, "\(text)")
        }
    }
}
