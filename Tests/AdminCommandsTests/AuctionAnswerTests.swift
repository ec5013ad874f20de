import Testing
import Wire

@testable import AdminCommands

@Suite("Forecasts, firms and signals, exactly")
struct AuctionAnswerTests {
    static var simulation: AuctionV1.Simulation {
        .with {
            $0.unit = "MX"
            $0.decisionNo = "1/QĐ"
            $0.assetNo = "TS1"
            $0.asOf = "2021-05-12"
            $0.state = "reduced"
            $0.stateSince = "2021-05-12"
            $0.price = 729_000_000
            $0.lawBook = "sha256:0"
            $0.paths = [
                .with {
                    $0.goal = "m04"
                    $0.procedure = "shortened"
                    $0.round = 3
                    $0.reachedOn = "2021-05-20"
                    $0.money = 729_000_000
                    $0.notEnforceable = 271_000_000
                    $0.meets = ["large_value_classified"]
                    $0.misses = ["large_value_seized"]
                    $0.dueDays = [
                        .with {
                            $0.on = "2021-05-31"
                            $0.reached = true
                        }
                    ]
                    $0.steps = [
                        .with {
                            $0.step = "post"
                            $0.on = "2021-05-13"
                            $0.rule = "Q-01"
                            $0.citation = "Quy ước Q-01"
                            $0.price = 729_000_000
                            $0.number = 3
                            $0.shortened = true
                        },
                        .with {
                            $0.step = "hold_auction"
                            $0.on = "2021-05-20"
                            $0.rule = "A-06.real_estate"
                            $0.citation = "LĐGTS Điều 53.2.b"
                            $0.number = 3
                            $0.shortened = true
                            $0.verified = true
                        },
                    ]
                }
            ]
        }
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
        .with {
            $0.asOf = "2021-05-31"
            $0.campaign = "st"
            $0.units = [
                .with {
                    $0.unit = "MX"
                    $0.targets = [
                        .with {
                            $0.id = "large_value_seized"
                            $0.dueOn = "2021-05-31"
                            $0.threshold = "0.800000"
                            $0.listed = 10
                            $0.needed = 8
                            $0.state = "safe"
                            $0.cases = [
                                .with {
                                    $0.decisionNo = "1/QĐ"
                                    $0.state = "safe"
                                    $0.quickestOn = "2021-05-31"
                                    $0.safeOn = "2021-05-31"
                                    $0.lastDay = "2021-05-31"
                                    $0.today = true
                                    $0.steps = [
                                        .with {
                                            $0.step = "seize"
                                            $0.earliestOn = "2021-05-31"
                                            $0.lastDay = "2021-05-31"
                                            $0.rule = "C-01"
                                        }
                                    ]
                                }
                            ]
                        }
                    ]
                }
            ]
        }
    }

    @Test("auction-outlook/1: what must happen today is said")
    func outlookAnswer() {
        let answer = AuctionOutlookAnswer.of(Self.outlook)
        let json = answer.json.written()
        #expect(
            json.contains(
                #""targets":[{"id":"large_value_seized","due_on":"2021-05-31","#
                    + #""threshold":"0.800000","listed":10,"needed":8,"state":"safe","cases":["#
                    + #"{"decision_no":"1/QĐ","officer":null,"state":"safe","#
                    + #""quickest_on":"2021-05-31","safe_on":"2021-05-31","#
                    + #""last_day":"2021-05-31","today":true,"steps":[{"asset_no":null,"#
                    + #""step":"seize","earliest_on":"2021-05-31","last_day":"2021-05-31","#))
        #expect(answer.text(.plain).contains("Phải làm ngay hôm nay mới kịp: 1/QĐ."))
    }

    static var house: AuctionV1.Firm {
        .with {
            $0.code = "DG01"
            $0.name = "Đấu giá Tín Phát"
            $0.registered = true
            $0.licenceUntil = "2021-03-29"
            $0.obstacles = [
                .with {
                    $0.code = "licence_expired"
                    $0.text = "giấy phép hết hiệu lực ngày 29/03/2021"
                }
            ]
            $0.units = ["MX"]
            $0.house = .with {
                $0.contracts = 2
                $0.held = 3
                $0.sold = 1
                $0.shareSold = "0.333333"
                $0.priceOverStart = "1.097394"
                $0.contractToAuctionDays = "37.67"
            }
            $0.findings = [
                .with {
                    $0.unit = "MX"
                    $0.decisionNo = "1/QĐ"
                    $0.assetNo = "TS1"
                    $0.number = 1
                    $0.on = "2021-03-30"
                    $0.obstacles = [
                        .with {
                            $0.code = "licence_expired"
                            $0.text = "giấy phép hết hiệu lực ngày 29/03/2021"
                        }
                    ]
                    $0.rule = "V-08a"
                    $0.citation = "LĐGTS Điều 56"
                }
            ]
        }
    }

    @Test("auction-houses/1 and appraisers/1")
    func firms() {
        let answer = AuctionFirmsAnswer.of([Self.house], .houses, asOf: "2021-05-31")
        let json = answer.json.written()
        #expect(
            json.hasPrefix(
                #"{"schema":"caodiem.auction-houses/1","as_of":"2021-05-31","houses":["#
                    + #"{"code":"DG01","name":"Đấu giá Tín Phát","registered":true,"#))
        #expect(
            json.contains(#""share_sold":"0.333333","price_over_start":"1.097394","#))
        #expect(json.contains(#""posting_to_auction_days":null"#))
        #expect(json.contains(#""rule":"V-08a","citation":"LĐGTS Điều 56"}]"#))
        let shown = AuctionFirmsAnswer.of([Self.house], .houses, asOf: "", whole: true)
        #expect(
            shown.text(.plain).contains(
                "MX 1/QĐ TS1: hợp đồng ngày 30/03/2021 khi giấy phép hết hiệu lực"))
        var unknown = AuctionV1.Firm()
        unknown.name = "Công ty Lạ"
        unknown.appraiser = .with { $0.valuations = 2 }
        let appraisers = AuctionFirmsAnswer.of([unknown], .appraisers, asOf: "2021-05-31")
        #expect(
            appraisers.json.written().hasPrefix(
                #"{"schema":"caodiem.appraisers/1","as_of":"2021-05-31","appraisers":["#
                    + #"{"code":null,"name":"Công ty Lạ","registered":false,"#))
        #expect(appraisers.text(.plain).contains("chưa đăng ký"))
    }

    static var signal: AuctionV1.Signal {
        .with {
            $0.signal = "single_house"
            $0.severity = "minor"
            $0.unit = "MX"
            $0.subject = "Đấu giá Tín Phát"
            $0.threshold = "0.700000"
            $0.value = "0.800000"
            $0.rule = "G-01"
            $0.text = "một tổ chức đấu giá nhận phần lớn hợp đồng của đơn vị"
            $0.evidence = [
                .with {
                    $0.kind = "rounds"
                    $0.unit = "MX"
                    $0.decisionNo = "1/QĐ"
                    $0.assetNo = "TS1"
                    $0.number = 1
                    $0.on = "2021-03-30"
                    $0.amount = 900_000_000
                    $0.change = 4
                    $0.file = "rounds.csv"
                    $0.line = 17
                }
            ]
        }
    }

    @Test("auction-signals/1: rows as evidence, limits that are missing apart")
    func signals() {
        var missing = AuctionV1.Signal()
        missing.rule = "G-02"
        missing.undetermined = "Sổ luật không có giá trị của quy tắc G-02."
        let answer = AuctionSignalsAnswer.of([Self.signal, missing], asOf: "2021-05-31")
        #expect(
            answer.json.written()
                == #"{"schema":"caodiem.auction-signals/1","as_of":"2021-05-31","signals":[{"#
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
            AuctionFirmsAnswer.of([Self.house], .houses, asOf: "2021-05-31"),
            AuctionFirmsAnswer.of([Self.house], .houses, asOf: "2021-05-31", whole: true),
            AuctionSignalsAnswer.of([Self.signal], asOf: "2021-05-31"),
        ] {
            let text = answer.text(terminal)
            let widest = text.split(separator: "\n").map { Width.of($0) }.max() ?? 0
            #expect(widest <= width, "\(text)")
        }
    }
}
