import ArgumentParser
import Wire

/// `caodiem case record KIND UNIT [DECISION] --field NAME=VALUE…`
struct CaseRecordCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "record", abstract: Text.record.text, discussion: Text.recordMore.text)
    }

    @OptionGroup var globals: GlobalOptions
    @Argument(help: Text.kind.help) var kind: String
    @Argument(help: Text.unit.help) var unit: String
    @Argument(help: Text.decision.help) var decisionNo: String?
    @Option(name: .customLong("field"), help: Text.field.help) var fields: [String] = []
    @Option(help: Text.on.help) var on: CalendarDay?
    @Flag(help: Text.dryRun.help) var dryRun = false

    func answer(_ session: Session) async throws -> Answer {
        var request = CaseworkV1.RecordRequest()
        request.kind = kind
        request.unit = unit
        request.decisionNo = decisionNo ?? ""
        request.on = on?.iso ?? ""
        request.dryRun = dryRun
        for text in fields {
            guard let cut = text.firstIndex(of: "="), cut > text.startIndex else {
                throw Trouble.usage(Text.noField(text), field: "--field", hint: Text.fieldHint)
            }
            request.fields.append(
                .with {
                    $0.name = String(text[..<cut])
                    $0.value = String(text[text.index(after: cut)...])
                })
        }
        return CaseRecordAnswer.of(
            try await session.change(CaseworkV1.Casework.record, request, dryRun: dryRun))
    }
}

/// `caodiem case decide KIND UNIT DECISION`
struct CaseDecideCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "decide", abstract: Text.decide.text, discussion: Text.decideMore.text)
    }

    @OptionGroup var globals: GlobalOptions
    @Argument(help: Text.decisionKind.help) var kind: String
    @Argument(help: Text.unit.help) var unit: String
    @Argument(help: Text.decision.help) var decisionNo: String
    @Option(help: Text.ground.help) var ground: String?
    @Option(help: Text.decidedOn.help) var on: CalendarDay?
    @Option(help: Text.number.help) var number: String?
    @Option(help: Text.groundOn.help) var groundOn: CalendarDay?
    @Option(help: Text.until.help) var until: CalendarDay?
    @Option(help: Text.amount.help) var amount: Int64?
    @Option(name: .customLong("confirm"), help: Text.confirm.help) var confirmed: [String] = []
    @Flag(help: Text.dryRun.help) var dryRun = false

    func answer(_ session: Session) async throws -> Answer {
        var request = CaseworkV1.DecideRequest()
        request.kind = kind
        request.unit = unit
        request.decisionNo = decisionNo
        request.ground = ground ?? ""
        request.on = on?.iso ?? ""
        request.number = number ?? ""
        request.groundOn = groundOn?.iso ?? ""
        request.untilOn = until?.iso ?? ""
        request.amount = amount
        request.confirmed = confirmed
        request.dryRun = dryRun
        return CaseRecordAnswer.of(
            try await session.change(CaseworkV1.Casework.decide, request, dryRun: dryRun),
            kind: kind)
    }
}

/// `caodiem case grounds [KIND]`
struct CaseGroundsCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "grounds", abstract: Text.grounds.text)
    }

    @OptionGroup var globals: GlobalOptions
    @OptionGroup var day: DayOptions
    @Argument(help: Text.decisionKind.help) var kind: String?

    func answer(_ session: Session) async throws -> Answer {
        var request = CaseworkV1.ListGroundsRequest()
        request.kind = kind ?? ""
        request.asOf = day.wire
        return CaseRecordAnswer.of(
            try await session.read(CaseworkV1.Casework.listGrounds, request))
    }
}

private enum Text {
    static let record = Phrase(
        "Ghi một dữ kiện của việc hoặc của đơn vị.", "Records one fact of a case or a unit.")
    static let recordMore = Phrase(
        """
        Loại và cột như khi nhập tệp (docs/contracts.md). Bản ghi cùng khóa được sửa; cột không nêu giữ nguyên.
          caodiem case record persuasions TPST 01/QĐ-CCTHADS --field party=debtor --field outcome=refused --on 2021-03-05
          caodiem case record plan_steps TPST 01/QĐ-CCTHADS --field step_no=2 --on 2021-03-20
        """,
        """
        Kinds and columns are those of the import (docs/contracts.md). A row of the same key is corrected; columns that are
        not given stay.
          caodiem case record persuasions TPST 01/QĐ-CCTHADS --field party=debtor --field outcome=refused --on 2021-03-05
          caodiem case record plan_steps TPST 01/QĐ-CCTHADS --field step_no=2 --on 2021-03-20
        """)
    static let decide = Phrase(
        "Ra một quyết định trên việc theo luật của ngày đó.",
        "Makes a decision on a case under the law of its day.")
    static let decideMore = Phrase(
        """
        Quyết định trái luật bị từ chối kèm điều luật (mã thoát 4). Điều kiện mà dữ liệu không cho biết thì được hỏi;
        trả lời “có” bằng --confirm.
          caodiem case decide not_enforceable TPST 01/QĐ-CCTHADS --ground 44a.1.a --on 2021-03-10
        """,
        """
        A decision that the law does not allow is refused with its article (exit 4). What no fact shows is asked; answer
        yes with --confirm.
          caodiem case decide not_enforceable TPST 01/QĐ-CCTHADS --ground 44a.1.a --on 2021-03-10
        """)
    static let grounds = Phrase(
        "Các căn cứ của quyết định theo luật của một ngày.",
        "The grounds of decisions by the law of a day.")
    static let kind = Phrase(
        "Loại: plan_steps, persuasions, verifications, coercions, commitments, guidance, directions, obstacles, "
            + "coordination, file_reviews, violations, payments, exemptions, unit_duties.",
        "Kind: plan_steps, persuasions, verifications, coercions, commitments, guidance, directions, obstacles, "
            + "coordination, file_reviews, violations, payments, exemptions, unit_duties.")
    static let decisionKind = Phrase(
        "Loại quyết định: not_enforceable, enforceable, postpone, suspend, resume, terminate, complete, delegate, "
            + "reduce_obligation.",
        "Kind of decision: not_enforceable, enforceable, postpone, suspend, resume, terminate, complete, delegate, "
            + "reduce_obligation.")
    static let unit = Phrase("Mã đơn vị.", "Code of the unit.")
    static let decision = Phrase(
        "Số quyết định thi hành án.", "Number of the enforcement decision.")
    static let field = Phrase(
        "TÊN=GIÁ TRỊ của một cột; nhiều lần.", "NAME=VALUE of a column; repeatable.")
    static let on = Phrase("Ngày của dữ kiện.", "Day of the fact.")
    static let decidedOn = Phrase(
        "Ngày quyết định; hôm nay nếu bỏ trống.", "Day of the decision; today when left out.")
    static let number = Phrase("Số của quyết định.", "Number of the decision.")
    static let ground = Phrase("Căn cứ, ví dụ 44a.1.a.", "Ground, e.g. 44a.1.a.")
    static let groundOn = Phrase("Ngày có căn cứ.", "Day on which the ground arose.")
    static let until = Phrase("Thời hạn đến ngày.", "Until that day.")
    static let amount = Phrase("Số tiền (đồng).", "Amount in đồng.")
    static let confirm = Phrase(
        "Xác nhận một điều kiện; nhiều lần.", "Confirms a condition; repeatable.")
    static let dryRun = Phrase("Chỉ xem kết quả, không ghi.", "Only says what would come of it.")
    static let fieldHint = Phrase("viết --field TÊN=GIÁ TRỊ", "write --field NAME=VALUE")
    static func noField(_ text: String) -> Phrase {
        Phrase("“\(text)” không phải TÊN=GIÁ TRỊ", "“\(text)” is not NAME=VALUE")
    }
}
