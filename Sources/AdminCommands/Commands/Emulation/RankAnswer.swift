import Wire

/// `caodiem.emulation-rank/1` and the table of ranks.
enum RankAnswer {
    static func of(_ reply: EmulationV1.RankReply) -> Answer {
        Answer(json(reply)) { text(reply, $0) }
    }

    static func json(_ reply: EmulationV1.RankReply) -> JSON {
        .answer(
            "emulation-rank/1",
            [
                .init("campaign", .string(reply.campaign)),
                .init("plan_version", .number(reply.planVersion)),
                .init("as_of", .string(reply.asOf)),
                .init("law_book", .string(reply.lawBook)),
                .init("verified", .bool(reply.verified)),
                .init("column", .text(reply.column)),
                .init("criteria", .list(reply.criteria, JSON.string)),
                .init("tie_breaks", .list(reply.tieBreaks, JSON.string)),
                .init("rows", .list(reply.rows, row)),
            ])
    }

    private static func row(_ row: EmulationV1.RankRow) -> JSON {
        [
            "rank": row.rank.map { JSON.number($0) } ?? .null,
            "unit": .string(row.unit),
            "name": .text(row.name),
            "cluster": .text(row.cluster),
            "score": .string(row.score),
            "criteria": .list(row.criteria) { criterion in
                [
                    "id": .string(criterion.id), "points": .string(criterion.points),
                    "base": .string(criterion.base), "bonus": .string(criterion.bonus),
                    "deduction": .string(criterion.deduction), "reason": .text(criterion.reason),
                ]
            },
            "disqualified": .bool(row.disqualified),
            "disqualified_because": .text(row.disqualifiedBecause),
            "ties_broken_by": .text(row.tiesBrokenBy),
            "label": .text(row.label),
            "undetermined": .list(row.undetermined, JSON.string),
            "officer": .text(row.officer),
        ]
    }

    static func text(_ reply: EmulationV1.RankReply, _ terminal: Terminal) -> String {
        let ids = criteria(of: reply)
        var columns = [
            Column(RankText.rank, .right), Column(ScoreText.code),
            Column(ScoreText.unit, wrapsTo: 12), Column(RankText.score, .right),
        ]
        if reply.rows.contains(where: { !$0.cluster.isEmpty }) {
            columns.append(Column(RankText.cluster, wrapsTo: 6))
        }
        let clustered = columns.count == 5
        columns += ids.map { Column(RankText.criterion($0), .right) }
        columns.append(Column(RankText.bonus, .right))
        columns.append(Column(ScoreText.notes, wrapsTo: 16))
        var table = Table(columns)
        for row in reply.rows {
            let style: Style = row.disqualified ? .bad : row.rank == 1 ? .good : .plain
            var cells = [
                Cell(row.rank.map { Formats.count($0) } ?? Formats.absent, style), Cell(code(row)),
                Cell(row.officer.isEmpty ? row.name : row.officerName),
                Cell(Formats.decimal(row.score), .strong),
            ]
            if clustered { cells.append(Cell(row.cluster)) }
            cells += ids.map { id in
                let found = row.criteria.first { $0.id == id }
                return Cell(found.map { Formats.decimal($0.points) } ?? Formats.absent)
            }
            cells.append(
                Cell(row.bonus.isEmpty ? Formats.absent : Formats.decimal(row.bonus)))
            table.add(cells + [Cell(notes(row))])
        }
        return [
            ScoreAnswer.heading(
                title: RankText.title.text, campaign: reply.campaign, version: reply.planVersion,
                asOf: reply.asOf, terminal),
            reply.rows.isEmpty
                ? RankText.nobody.text : table.renderedInPanels(keeping: 4, on: terminal),
            legend(ids, reply, terminal),
            ScoreAnswer.lawBook(reply.lawBook, terminal),
        ].filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    private static func code(_ row: EmulationV1.RankRow) -> String {
        row.officer.isEmpty ? row.unit : "\(row.unit) \(row.officer)"
    }

    private static func criteria(of reply: EmulationV1.RankReply) -> [String] {
        let used = Set(reply.rows.flatMap(\.criteria).map(\.id))
        return reply.criteria.filter(used.contains)
    }

    private static func notes(_ row: EmulationV1.RankRow) -> String {
        var notes: [String] = []
        if row.disqualified {
            notes.append(RankText.disqualified(row.disqualifiedBecause).text)
        }
        if !row.tiesBrokenBy.isEmpty {
            notes.append(RankText.tie(Terms.tieBreak[row.tiesBrokenBy]).text)
        }
        if !row.label.isEmpty { notes.append(RankText.label(row.label).text) }
        return (notes + row.undetermined).joined(separator: "; ")
    }

    private static func legend(
        _ ids: [String], _ reply: EmulationV1.RankReply, _ terminal: Terminal
    ) -> String {
        var lines: [String] = []
        if !ids.isEmpty { lines.append(terminal.paragraph(RankText.columns.text)) }
        if !reply.tieBreaks.isEmpty {
            let order = reply.tieBreaks.map { Terms.tieBreak[$0] }.joined(separator: " → ")
            lines.append(terminal.paragraph(RankText.tieOrder(order).text))
        }
        if !reply.verified {
            let note = terminal.paragraph(RankText.unofficial.text)
            lines.append(terminal.styled(note, .pending))
        }
        return lines.joined(separator: "\n")
    }
}

private enum RankText {
    static let title = Phrase("Xếp hạng thi đua", "Emulation ranking")
    static let rank = Phrase("Hạng", "Rank")
    static let score = Phrase("Điểm", "Score")
    static let bonus = Phrase("Thưởng", "Bonus")
    static let cluster = Phrase("Cụm", "Cluster")
    static let nobody = Phrase("Không có đơn vị nào để xếp hạng.", "There is no unit to rank.")
    static let columns = Phrase(
        "Mỗi cột tiêu chí là điểm đạt được, điểm thưởng để riêng; – là tiêu chí không áp dụng. "
            + "Tổng điểm đạt được quy về thang 100 rồi cộng điểm thưởng.",
        "Each criterion shows points earned, the bonus stands apart; – where it does not apply. "
            + "Points earned are scaled to 100, then the bonus is added.")
    static let unofficial = Phrase(
        "Bảng điểm này là bảng mẫu, chưa kiểm chứng; chưa phải bảng điểm chính thức.",
        "This table of points is a sample, unverified; it is not an official one.")

    static func criterion(_ id: String) -> Phrase {
        MeasureName.of(id).short
    }
    static func disqualified(_ because: String) -> Phrase {
        Phrase(
            because.isEmpty ? "không xét" : "không xét: \(because)",
            because.isEmpty ? "disqualified" : "disqualified: \(because)")
    }
    static func label(_ name: String) -> Phrase { Phrase("xếp loại \(name)", "class \(name)") }
    static func tie(_ rule: String) -> Phrase {
        Phrase("bằng điểm, xét theo \(rule)", "tie broken by \(rule)")
    }
    static func tieOrder(_ order: String) -> Phrase {
        Phrase("Khi bằng điểm, xét lần lượt: \(order).", "Ties are broken by, in turn: \(order).")
    }
}
