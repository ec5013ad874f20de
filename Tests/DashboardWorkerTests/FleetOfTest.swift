import Synchronization
import Transport
import Wire

/// Services that answer as the fleet's do, with hostile text wherever text comes from files.
enum FleetOfTest {
    static func table(_ asked: BoardUnderTest.Asked) -> ServiceTable {
        var table = ServiceTable()
        campaign(&table, asked)
        scoring(&table, asked)
        work(&table, asked)
        lists(&table)
        fleet(&table)
        return table
    }

    private static func campaign(_ table: inout ServiceTable, _ asked: BoardUnderTest.Asked) {
        table.register(CampaignV1.Campaign.show) { _, context in
            asked.note("Show", context)
            return .with {
                $0.campaign = "thu"
                $0.title = Hostile.name
                $0.authority = "Cục"
                $0.citation = "KH 10"
                $0.windowStart = "2021-03-01"
                $0.windowEnd = "2021-05-31"
            }
        }
        table.registerStreaming(CampaignV1.Campaign.watchChanges) { _, _, writer in
            var told: UInt64 = 0
            while true {
                let change = asked.change.withLock { $0 }
                if change != told { try await writer.write(.with { $0.change = change }) }
                told = change
                try await Task.sleep(for: .milliseconds(10))
            }
        }
    }

    static let targets: [ScoringV1.TargetResult] = [
        target("large_value_seized", 4, 10, "0.800000", "in_progress", "2021-05-31"),
        target("old_resolved_money", 50, 100, "0.100000", "met", "2021-05-31", money: true),
        target("lists_submitted", 0, 1, "1.000000", "not_met", "2021-02-20"),
        target("report_submitted", 0, 0, "1.000000", "not_applicable", "2021-06-04"),
        target("classification_right", 1, 3, "1.000000", "undetermined", "2021-05-31"),
    ]

    private static func target(
        _ id: String, _ numerator: Int64, _ denominator: Int64, _ threshold: String,
        _ state: String, _ due: String, money: Bool = false
    ) -> ScoringV1.TargetResult {
        .with {
            $0.id = id
            $0.measure = id
            $0.numerator = numerator
            $0.denominator = denominator
            $0.threshold = threshold
            $0.state = state
            $0.dueOn = due
            $0.unitOfCount = money ? "money" : "cases"
            $0.notes = [Hostile.name]
            $0.unverified = ["V-02"]
        }
    }

    private static func scoring(_ table: inout ServiceTable, _ asked: BoardUnderTest.Asked) {
        table.register(ScoringV1.Scoring.score) { request, context in
            asked.note("Score", context)
            return .with {
                $0.asOf = request.asOf
                $0.province = targets
                let codes = request.unit.isEmpty ? ["MX", "LP"] : [request.unit]
                $0.units = codes.map { code in
                    .with {
                        $0.unit = code
                        $0.name = code == "MX" ? Hostile.name : "Chi cục Long Phú"
                        $0.targets = targets
                    }
                }
            }
        }
        table.registerStreaming(ScoringV1.Scoring.explain) { request, context, writer in
            asked.note("Explain", context)
            guard request.unit == "MX" else {
                throw Failure(.permissionDenied, "đơn vị này không phải của bạn")
            }
            try await writer.write(
                .with {
                    $0.item = .head(
                        .with {
                            $0.unit = "MX"
                            $0.name = Hostile.name
                        })
                })
            try await writer.write(.with { $0.item = .summary(targets[0]) })
            for isIn in [true, false] {
                try await writer.write(
                    .with {
                        $0.item = .reason(
                            .with {
                                $0.decisionNo = Hostile.number
                                $0.in = isIn
                                $0.counted = true
                                $0.rule = "S-01"
                                $0.citation = "LTHADS Điều 44"
                                $0.reason = Hostile.name
                                $0.facts = [
                                    .with {
                                        $0.name = "seized_on"
                                        $0.value = Hostile.name
                                    }
                                ]
                                $0.changes = [3]
                            })
                    })
            }
        }
    }

    private static func work(_ table: inout ServiceTable, _ asked: BoardUnderTest.Asked) {
        table.register(CaseworkV1.Casework.showCase) { request, context in
            asked.note("ShowCase", context)
            return .with {
                $0.case = .with {
                    $0.unit = request.unit
                    $0.decisionNo = request.decisionNo
                    $0.debtor = Hostile.debtor
                    $0.creditor = Hostile.debtor
                    $0.debtorAddress = Hostile.address
                    $0.note = Hostile.debtor
                    $0.obligation = Hostile.debtor
                    $0.officer = Hostile.officer
                    $0.amountDue = 1_000_000
                }
                $0.unitName = Hostile.name
                $0.status = "enforceable"
                $0.events = [
                    .with {
                        $0.on = "2021-03-02"
                        $0.kind = "payment"
                        $0.text = Hostile.name
                        $0.amount = 5
                    }
                ]
                $0.rules = [
                    .with {
                        $0.id = "S-01"
                        $0.text = Hostile.name
                        $0.citation = "LTHADS Điều 44"
                    }
                ]
            }
        }
    }

    private static func lists(_ table: inout ServiceTable) {
        table.registerStreaming(CaseworkV1.Casework.worklist) { _, _, writer in
            try await writer.write(
                .with {
                    $0.items = [
                        .with {
                            $0.unit = "MX"
                            $0.officer = Hostile.officer
                            $0.decisionNo = Hostile.number
                            $0.duty = "verify"
                            $0.rule = "E-11"
                            $0.dueOn = "2021-03-01"
                            $0.daysLeft = -4
                            $0.overdue = true
                            $0.consequence = "grave"
                        }
                    ]
                })
        }
        table.registerStreaming(AuctionV1.Auction.gaps) { _, _, writer in
            try await writer.write(.with { $0.head = .with { $0.campaign = "thu" } })
            try await writer.write(
                .with {
                    $0.unit = Hostile.name
                    $0.decisionNo = Hostile.number
                    $0.step = "hold_auction"
                    $0.daysLate = 12
                    $0.dueOn = "2021-03-09"
                    $0.officer = Hostile.officer
                })
        }
        table.registerStreaming(AuctionV1.Auction.next) { _, _, writer in
            try await writer.write(
                .with {
                    $0.unit = "MX"
                    $0.decisionNo = Hostile.number
                    $0.step = "hold_auction"
                    $0.dueOn = "2021-05-12"
                })
        }
        table.register(EmulationV1.Emulation.rank) { _, _ in
            .with {
                $0.criteria = ["large_value_seized"]
                $0.rows = [
                    .with {
                        $0.rank = 1
                        $0.unit = "MX"
                        $0.name = Hostile.name
                        $0.score = "98.50"
                        $0.criteria = [
                            .with {
                                $0.id = "large_value_seized"
                                $0.points = "29.00"
                                $0.reason = Hostile.name
                            }
                        ]
                    }
                ]
            }
        }
    }

    private static func fleet(_ table: inout ServiceTable) {
        table.register(AdminV1.Admin.status) { _, _ in
            .with {
                $0.ready = false
                $0.software = "caodiem-coordinator/1"
                $0.plugins = [
                    .with {
                        $0.id = "scoring"
                        $0.state = "BACKOFF"
                        $0.reason = Hostile.name
                    }
                ]
            }
        }
    }
}
