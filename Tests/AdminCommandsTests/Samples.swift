import Wire

/// Replies as the fleet would give them.
enum Samples {
    static func target(
        _ id: String, _ numerator: Int64, _ denominator: Int64, _ state: String,
        rate: String? = nil
    ) -> ScoringV1.TargetResult {
        var target = ScoringV1.TargetResult()
        target.id = id
        target.measure = id
        target.numerator = numerator
        target.denominator = denominator
        target.rate = rate
        target.threshold = "0.800000"
        target.state = state
        target.dueOn = "2021-05-31"
        target.unitOfCount = id == "old_resolved_money" ? "money" : "cases"
        target.paragraph = "III.1"
        return target
    }

    static var score: ScoringV1.ScoreReply {
        var reply = ScoringV1.ScoreReply()
        reply.campaign = "soc-trang-2021"
        reply.planVersion = 2
        reply.asOf = "2021-05-31"
        reply.lawBook = "sha256:0123456789abcdef0123"
        reply.change = 7
        reply.title = "Đợt thi hành án dân sự cao điểm năm 2021"
        var unit = ScoringV1.UnitScore()
        unit.unit = "ST05"
        unit.name = "Chi cục THADS huyện Cù Lao Dung"
        unit.level = "district"
        unit.cluster = "1"
        var money = target("old_resolved_money", 1_500, 10_000, "in_progress", rate: "0.150000")
        var part = ScoringV1.SplitPart()
        part.part = "collected"
        part.amount = 1_500
        money.split = [part]
        var late = target("report_submitted", 0, 1, "not_met", rate: "0.000000")
        late.daysLate = 3
        late.unverified = ["P-09"]
        late.notes = ["chưa nhận báo cáo"]
        unit.targets = [
            target("large_value_seized", 8, 10, "met", rate: "0.800000"), money, late,
            target("violations_repaired", 0, 0, "not_applicable"),
        ]
        reply.units = [unit]
        reply.province = unit.targets
        return reply
    }

    static var auctionHead: AuctionV1.AuctionHead {
        .with {
            $0.asOf = "2021-05-31"
            $0.campaign = "st-2021"
            $0.lawBook = "sha256:ab"
        }
    }

    static var gaps: [AuctionV1.Gap] {
        var gap = AuctionV1.Gap()
        gap.unit = "ST05"
        gap.decisionNo = "12/QĐ-CCTHADS"
        gap.assetNo = "1"
        gap.step = "hold_auction"
        gap.rule = "V-10"
        gap.triggerOn = "2021-03-01"
        gap.dueOn = "2021-04-15"
        gap.daysLate = 46
        gap.citation = "Luật THADS Điều 101.3"
        gap.officer = "Lý Thị Sà Rên"
        gap.verified = true
        var done = gap
        done.step = "value_contract"
        done.rule = "V-02"
        done.doneOn = "2021-03-20"
        done.daysLate = 5
        done.verified = false
        return [.with { $0.head = auctionHead }, gap, done]
    }

    static var rank: EmulationV1.RankReply {
        var reply = EmulationV1.RankReply()
        reply.campaign = "soc-trang-2021"
        reply.planVersion = 1
        reply.asOf = "2021-05-31"
        reply.lawBook = "sha256:ab"
        reply.tieBreaks = ["fewer_violations"]
        var criterion = EmulationV1.CriterionScore()
        criterion.id = "large_value_seized"
        criterion.points = "30.00"
        criterion.base = "30.00"
        criterion.bonus = "2.00"
        criterion.deduction = "0.00"
        var first = EmulationV1.RankRow()
        first.rank = 1
        first.unit = "ST05"
        first.name = "Cù Lao Dung"
        first.cluster = "1"
        first.score = "98.50"
        first.criteria = [criterion]
        var last = first
        last.rank = nil
        last.unit = "ST06"
        last.disqualified = true
        last.disqualifiedBecause = "vi phạm nghiêm trọng"
        reply.rows = [first, last]
        reply.criteria = ["large_value_seized", "violations"]
        return reply
    }

    static var showCase: CaseworkV1.ShowCaseReply {
        var record = CaseworkV1.Case()
        record.unit = "ST05"
        record.decisionNo = "12/QĐ-CCTHADS"
        record.decisionOn = "2020-01-06"
        record.initiative = "on_request"
        record.amountDue = 1_234_567_890
        record.debtor = "陳文明"
        var event = CaseworkV1.Event()
        event.on = "2021-03-05"
        event.kind = "payment"
        event.text = "BL 15, tự nguyện"
        event.amount = 234_567_890
        var rule = CaseworkV1.AppliedRule()
        rule.id = "M-04"
        rule.citation = "TT 06/2019"
        rule.text = "đã giảm giá lần thứ hai"
        rule.verified = false
        var reply = CaseworkV1.ShowCaseReply()
        reply.case = record
        reply.asOf = "2021-05-31"
        reply.remaining = 1_000_000_000
        reply.status = "enforceable"
        reply.moneyNotEnforceable = 400_000_000
        reply.rules = [rule]
        reply.events = [event]
        return reply
    }

    static func fileResult(errors: Int = 0, warnings: Int = 0) -> IngestionV1.FileResult {
        var finding = IngestionV1.Finding()
        finding.line = 3
        finding.column = "decision_on"
        finding.code = "bad_date"
        finding.message = "không phải ngày"
        finding.found = "31/2/2021"
        finding.hint = "viết dạng 31/05/2021"
        var file = IngestionV1.FileResult()
        file.name = "cases.csv"
        file.kind = "cases"
        file.sha256 = "ab"
        file.rows = 2
        file.inserted = 1
        file.errors = Array(repeating: finding, count: errors)
        file.warnings = Array(repeating: finding, count: warnings)
        return file
    }
}
