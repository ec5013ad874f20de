import Wire

/// `caodiem.emulation-simulate/1`
enum SimulateAnswer {
    static func of(_ reply: EmulationV1.SimulateReply) -> Answer {
        Answer(json(reply)) { text(reply, $0) }
    }

    static func json(_ reply: EmulationV1.SimulateReply) -> JSON {
        .answer(
            "emulation-simulate/1",
            [
                .init("campaign", .string(reply.campaign)),
                .init("plan_version", .number(reply.planVersion)),
                .init("as_of", .string(reply.asOf)),
                .init("law_book", .string(reply.lawBook)),
                .init("first_before", .list(reply.firstBefore, JSON.string)),
                .init("first_after", .list(reply.firstAfter, JSON.string)),
                .init("moves", .list(reply.moves, move)),
                .init("sensitivity", .list(reply.sensitivity, sensitivity)),
            ])
    }

    private static func move(_ move: EmulationV1.Move) -> JSON {
        [
            "unit": .string(move.unit), "name": .text(move.name),
            "rank_before": move.rankBefore.map { JSON.number($0) } ?? .null,
            "rank_after": move.rankAfter.map { JSON.number($0) } ?? .null,
            "score_before": .text(move.scoreBefore), "score_after": .text(move.scoreAfter),
        ]
    }

    private static func sensitivity(_ found: EmulationV1.Sensitivity) -> JSON {
        [
            "criterion": .string(found.criterion), "base": .number(found.base),
            "base_below": found.baseBelow.map { JSON.number($0) } ?? .null,
            "first_below": .text(found.firstBelow),
            "base_above": found.baseAbove.map { JSON.number($0) } ?? .null,
            "first_above": .text(found.firstAbove), "points_to_lose": .text(found.pointsToLose),
            "runner_up": .text(found.runnerUp),
        ]
    }

    static func text(_ reply: EmulationV1.SimulateReply, _ terminal: Terminal) -> String {
        var moves = Table([
            Column(ScoreText.code), Column(ScoreText.unit, wrapsTo: 16),
            Column(Words.before, .right), Column(Words.after, .right),
            Column(Words.scoreBefore, .right), Column(Words.scoreAfter, .right),
        ])
        for move in reply.moves {
            let moved = move.rankBefore != move.rankAfter
            moves.add([
                Cell(move.unit), Cell(move.name), Cell(rank(move.rankBefore)),
                Cell(rank(move.rankAfter), moved ? .strong : .plain),
                Cell(Formats.decimal(move.scoreBefore)), Cell(Formats.decimal(move.scoreAfter)),
            ])
        }
        var firm = Table([
            Column(Words.criterion, wrapsTo: 16), Column(Words.base, .right),
            Column(Words.below, wrapsTo: 16), Column(Words.above, wrapsTo: 16),
            Column(Words.lose, .right),
        ])
        for found in reply.sensitivity {
            firm.add([
                Cell(MeasureName.of(found.criterion).short.text), Cell("\(found.base)"),
                Cell(change(found.baseBelow, found.firstBelow)),
                Cell(change(found.baseAbove, found.firstAbove)),
                Cell(Formats.decimal(found.pointsToLose)),
            ])
        }
        return [
            ScoreAnswer.heading(
                title: Words.title.text, campaign: reply.campaign, version: reply.planVersion,
                asOf: reply.asOf, terminal),
            moves.rendered(on: terminal), terminal.paragraph(Words.firm.text),
            firm.rendered(on: terminal), ScoreAnswer.lawBook(reply.lawBook, terminal),
        ].filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    private static func rank(_ rank: UInt32?) -> String {
        rank.map { Formats.count($0) } ?? Formats.absent
    }

    private static func change(_ base: UInt32?, _ first: String) -> String {
        base.map { "\($0): \(first)" } ?? Formats.absent
    }
}

/// `caodiem.emulation-fairness/1`
enum FairnessAnswer {
    static func of(_ reply: EmulationV1.FairnessReply) -> Answer {
        Answer(json(reply)) { text(reply, $0) }
    }

    static func json(_ reply: EmulationV1.FairnessReply) -> JSON {
        .answer(
            "emulation-fairness/1",
            [
                .init("campaign", .string(reply.campaign)),
                .init("plan_version", .number(reply.planVersion)),
                .init("as_of", .string(reply.asOf)),
                .init("law_book", .string(reply.lawBook)),
                .init("province_rate", .text(reply.provinceRate)),
                .init("province_load", .text(reply.provinceLoad)),
                .init("rows", .list(reply.rows, row)),
            ])
    }

    private static func row(_ row: EmulationV1.FairnessRow) -> JSON {
        [
            "unit": .string(row.unit), "name": .text(row.name),
            "official_score": .text(row.officialScore),
            "official_rank": row.officialRank.map { JSON.number($0) } ?? .null,
            "stock": .number(row.stock), "resolved": .number(row.resolved),
            "officers": .number(row.officers), "rate": .text(row.rate),
            "expected_rate": .text(row.expectedRate),
            "age_adjusted_rate": .text(row.ageAdjustedRate), "load": .text(row.load),
            "load_adjusted_rate": .text(row.loadAdjustedRate), "old_share": .text(row.oldShare),
            "bands": .list(row.bands) { band in
                [
                    "from_years": .number(band.fromYears),
                    "to_years": band.toYears == 0 ? .null : .number(band.toYears),
                    "cases": .number(band.cases), "resolved": .number(band.resolved),
                ]
            },
            "signals": .list(row.signals) { signal in
                [
                    "id": .string(signal.id), "severity": .string(signal.severity),
                    "text": .string(signal.text), "evidence_count": .number(signal.evidenceCount),
                    "evidence": .list(signal.evidence, JSON.string),
                ]
            },
        ]
    }

    static func text(_ reply: EmulationV1.FairnessReply, _ terminal: Terminal) -> String {
        var table = Table([
            Column(ScoreText.code), Column(ScoreText.unit, wrapsTo: 14),
            Column(Words.official, .right), Column(Words.stock, .right), Column(Words.old, .right),
            Column(Words.rate, .right), Column(Words.byAge, .right), Column(Words.load, .right),
            Column(Words.byLoad, .right),
        ])
        for row in reply.rows {
            table.add([
                Cell(row.unit), Cell(row.name), Cell(Formats.decimal(row.officialScore)),
                Cell(Formats.count(row.stock)), Cell(Formats.threshold(row.oldShare)),
                Cell(Formats.threshold(row.rate)),
                Cell(Formats.threshold(row.ageAdjustedRate), .strong),
                Cell(Formats.decimal(row.load)), Cell(Formats.threshold(row.loadAdjustedRate)),
            ])
        }
        let signals = reply.rows.flatMap { row in
            row.signals.map { signal in
                terminal.paragraph(
                    "\(row.unit): \(signal.text) "
                        + "(\(Terms.severity[signal.severity]); \(signal.evidence.prefix(5).joined(separator: ", ")))"
                )
            }
        }
        return [
            ScoreAnswer.heading(
                title: Words.fairness.text, campaign: reply.campaign, version: reply.planVersion,
                asOf: reply.asOf, terminal),
            table.rendered(on: terminal), terminal.paragraph(Words.meaning.text),
            signals.joined(separator: "\n"), ScoreAnswer.lawBook(reply.lawBook, terminal),
        ].filter { !$0.isEmpty }.joined(separator: "\n\n")
    }
}

/// `caodiem.emulation-refusals/1`
enum RefusalsAnswer {
    static func of(_ reply: EmulationV1.RefusalsReply) -> Answer {
        Answer(json(reply)) { text(reply, $0) }
    }

    static func json(_ reply: EmulationV1.RefusalsReply) -> JSON {
        .answer(
            "emulation-refusals/1",
            [
                .init(
                    "refusals",
                    .list(reply.refusals) { refusal in
                        [
                            "principal": .string(refusal.principal), "at": .string(refusal.at),
                            "campaign": .string(refusal.campaign), "unit": .string(refusal.unit),
                            "step": .string(refusal.step), "reason": .string(refusal.reason),
                            "message": .string(refusal.message),
                        ]
                    })
            ])
    }

    static func text(_ reply: EmulationV1.RefusalsReply, _ terminal: Terminal) -> String {
        guard !reply.refusals.isEmpty else { return Words.noRefusals.text }
        return reply.refusals.map { refusal in
            terminal.paragraph(
                "\(refusal.at) \(refusal.principal) \(refusal.step) \(refusal.unit): "
                    + refusal.message)
        }.joined(separator: "\n")
    }
}

private enum Words {
    static let title = Phrase("Hạng nếu khác đi", "Ranks as supposed")
    static let before = Phrase("Hạng", "Rank")
    static let after = Phrase("Hạng mới", "New rank")
    static let scoreBefore = Phrase("Điểm", "Score")
    static let scoreAfter = Phrase("Điểm mới", "New score")
    static let criterion = Phrase("Tiêu chí", "Criterion")
    static let base = Phrase("Chuẩn", "Base")
    static let below = Phrase("Giảm đến", "Down to")
    static let above = Phrase("Tăng đến", "Up to")
    static let lose = Phrase("Điểm mất", "Points to lose")
    static let firm = Phrase(
        "Hạng nhất vững đến đâu (theo số liệu thật): điểm chuẩn gần nhất làm đổi hạng nhất và đơn vị "
            + "khi đó đứng đầu; số điểm của tiêu chí mà đơn vị đứng đầu mất thì có đơn vị đuổi kịp.",
        "How firm the first place is (by the true figures): the nearest base that moves it and who "
            + "then leads; points of the criterion that the first may lose until another draws level."
    )
    static let fairness = Phrase("Tỷ lệ công bằng", "Fair rates")
    static let official = Phrase("Điểm", "Score")
    static let stock = Phrase("Việc", "Cases")
    static let old = Phrase("Án cũ", "Old")
    static let rate = Phrase("Tỷ lệ", "Rate")
    static let byAge = Phrase("Theo tuổi án", "By age")
    static let load = Phrase("Việc/CHV", "Load")
    static let byLoad = Phrase("Theo khối lượng", "By load")
    static let meaning = Phrase(
        "Tỷ lệ: việc có điều kiện trước đợt đã giải quyết xong trong đợt. Theo tuổi án: như thể mọi đơn "
            + "vị có cơ cấu tuổi án của toàn tỉnh. Theo khối lượng: nhân với số việc mỗi chấp hành viên "
            + "trên mức toàn tỉnh. Không tỷ lệ và dấu hiệu nào làm đổi điểm.",
        "Rate: cases enforceable before the window that were finished in it. By age: as if every unit "
            + "had the province's ages. By load: times the cases of an officer over the province's. "
            + "No rate and no signal changes a score.")
    static let noRefusals = Phrase("Chưa có lần nào bị từ chối.", "Nothing was refused.")
}
