import Wire

/// `caodiem.imports/1`, `caodiem.import-shown/1`, `caodiem.import-retracted/1`, `caodiem.original/1`.
enum ImportHistoryAnswers {
    static func list(_ reply: IngestionV1.ListReply) -> Answer {
        let json = JSON.answer(
            "imports/1",
            [
                .init("imports", .list(reply.imports) { .object(members($0)) }),
                .init("more", .bool(reply.more)),
            ])
        return Answer(json) { terminal in
            guard !reply.imports.isEmpty else { return terminal.paragraph(Words.none.text) }
            var text = table(reply.imports).rendered(on: terminal)
            if reply.more, let last = reply.imports.last {
                text += "\n\n" + terminal.paragraph(Words.more(last.change).text)
            }
            return text
        }
    }

    static func show(
        _ shown: IngestionV1.ShownImport, _ corrections: [IngestionV1.Correction]
    ) -> Answer {
        let summary = shown.summary ?? IngestionV1.ImportSummary()
        let json = JSON.answer(
            "import-shown/1",
            members(summary) + [.init("corrections", .list(corrections) { correction($0) })])
        return Answer(json) { terminal in
            var parts = [head(summary, terminal), files(summary).rendered(on: terminal)]
            if !corrections.isEmpty {
                parts.append(
                    terminal.styled(Words.corrections.text, .pending) + "\n"
                        + corrected(corrections).rendered(on: terminal))
            }
            let left = Int(clamping: summary.corrected) - corrections.count
            if left > 0 { parts.append(terminal.paragraph(Words.left(left).text)) }
            return parts.joined(separator: "\n\n")
        }
    }

    static func retracted(_ name: String, _ reply: IngestionV1.RetractReply) -> Answer {
        let json = JSON.answer(
            "import-retracted/1",
            [
                .init("import", .string(name)), .init("change", .number(reply.change)),
                .init("removed", .number(reply.removed)),
                .init("restored", .number(reply.restored)),
            ])
        return Answer(json) { $0.paragraph(Words.retracted(name, reply).text) }
    }

    static func original(_ sha256: String, _ path: String, _ bytes: Int) -> Answer {
        let json = JSON.answer(
            "original/1",
            [
                .init("sha256", .string(sha256)), .init("path", .string(path)),
                .init("bytes", .number(bytes)),
            ])
        return Answer(json) { $0.paragraph(Words.written(path, bytes).text) }
    }

    private static func members(_ one: IngestionV1.ImportSummary) -> [JSON.Member] {
        [
            .init("import_id", .string(one.importID)), .init("change", .number(one.change)),
            .init("status", .string(one.status)), .init("principal", .string(one.principal)),
            .init("received_at", .string(Moment(milliseconds: one.receivedAtMs).iso)),
            .init("rows", .number(one.rows)), .init("inserted", .number(one.inserted)),
            .init("corrected", .number(one.corrected)), .init("warnings", .number(one.warnings)),
            .init(
                "retracted_by", one.retractedBy == 0 ? .null : .number(one.retractedBy)),
            .init(
                "files",
                .list(one.files) { file in
                    [
                        "name": .string(file.name), "kind": .string(file.kind),
                        "sha256": .string(file.sha256),
                        "size": file.size == 0 ? .null : .number(file.size),
                    ]
                }),
        ]
    }

    private static func correction(_ row: IngestionV1.Correction) -> JSON {
        [
            "kind": .string(row.kind), "key": .list(row.key, JSON.string),
            "file": .number(row.file), "line": .number(row.line),
            "differences": .list(row.differences) { difference in
                [
                    "column": .string(difference.column), "old": .text(difference.old),
                    "new": .text(difference.new),
                ]
            },
        ]
    }

    private static func table(_ imports: [IngestionV1.ImportSummary]) -> Table {
        var table = Table([
            Column(Words.change, .right), Column(Words.when), Column(Words.who),
            Column(Words.files, wrapsTo: 16), Column(Words.inserted, .right),
            Column(Words.correctedRows, .right), Column(Words.warnings, .right, dropOrder: 1),
            Column(Words.state),
        ])
        for one in imports {
            table.add([
                Cell(String(one.change)), Cell(Moment(milliseconds: one.receivedAtMs).shown),
                Cell(one.principal), Cell(one.files.map(\.name).joined(separator: ", ")),
                Cell(Formats.count(one.inserted)), Cell(Formats.count(one.corrected)),
                Cell(Formats.count(one.warnings), one.warnings > 0 ? .pending : .plain),
                Cell(state(one), one.retractedBy > 0 ? .bad : .plain),
            ])
        }
        return table
    }

    private static func state(_ one: IngestionV1.ImportSummary) -> String {
        one.retractedBy > 0
            ? Words.taken(one.retractedBy).text : Terms.importStatus[one.status]
    }

    private static func head(
        _ one: IngestionV1.ImportSummary, _ terminal: Terminal
    ) -> String {
        terminal.fields([
            (Words.id, one.importID), (Words.change, String(one.change)),
            (Words.when, Moment(milliseconds: one.receivedAtMs).shown), (Words.who, one.principal),
            (Words.state, state(one)), (Words.rows, Formats.count(one.rows)),
            (Words.inserted, Formats.count(one.inserted)),
            (Words.correctedRows, Formats.count(one.corrected)),
            (Words.warnings, Formats.count(one.warnings)),
        ])
    }

    private static func files(_ one: IngestionV1.ImportSummary) -> Table {
        var table = Table([
            Column(Words.files, wrapsTo: 16), Column(Words.kind), Column(Words.bytes, .right),
            Column(Words.digest),
        ])
        for file in one.files {
            table.add([
                Cell(file.name), Cell(file.kind),
                Cell(file.size == 0 ? Formats.absent : Formats.count(file.size)),
                Cell(file.sha256),
            ])
        }
        return table
    }

    private static func corrected(_ rows: [IngestionV1.Correction]) -> Table {
        var table = Table([
            Column(Words.kind), Column(Words.key, wrapsTo: 16), Column(Words.line, .right),
            Column(Words.column), Column(Words.old, wrapsTo: 12), Column(Words.new, wrapsTo: 12),
        ])
        for row in rows {
            for (index, difference) in row.differences.enumerated() {
                table.add([
                    Cell(index == 0 ? row.kind : ""),
                    Cell(index == 0 ? row.key.joined(separator: " ") : ""),
                    Cell(index == 0 ? String(row.line) : ""), Cell(difference.column),
                    Cell(difference.old.isEmpty ? Formats.absent : difference.old),
                    Cell(difference.new.isEmpty ? Formats.absent : difference.new),
                ])
            }
        }
        return table
    }
}

/// A moment in Vietnam, always +07:00.
struct Moment {
    private let day: String
    private let time: String

    /// - Parameter milliseconds: since 1970 in UTC.
    init(milliseconds: UInt64) {
        let seconds = Int(clamping: milliseconds / 1_000)
        day = CalendarDay(secondsInUTC: seconds)?.iso ?? ""
        let ofDay = (seconds + 7 * 3_600) % 86_400
        time = [ofDay / 3_600, ofDay / 60 % 60, ofDay % 60]
            .map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    }

    /// `2021-05-31T14:05:09+07:00`
    var iso: String { "\(day)T\(time)+07:00" }
    /// `31/05/2021 14:05:09` or `2021-05-31 14:05:09`
    var shown: String { "\(Formats.day(day)) \(time)" }
}

private enum Words {
    static let none = Phrase("Chưa có lần nhập nào.", "There are no imports yet.")
    static func more(_ change: UInt64) -> Phrase {
        Phrase(
            "Còn nữa: caodiem import list --before \(change)",
            "There are more: caodiem import list --before \(change)")
    }
    static func left(_ count: Int) -> Phrase {
        Phrase(
            "Còn \(Formats.count(count)) dòng được sửa chưa liệt kê; thêm --corrections.",
            "\(Formats.count(count)) corrected rows are not listed; raise --corrections.")
    }
    static func retracted(_ name: String, _ reply: IngestionV1.RetractReply) -> Phrase {
        let (removed, restored) = (Formats.count(reply.removed), Formats.count(reply.restored))
        return Phrase(
            "Đã thu hồi lần nhập \(name) (thay đổi \(reply.change)): rút ra \(removed) dòng, "
                + "trả lại giá trị cũ cho \(restored) dòng.",
            "Import \(name) is taken back (change \(reply.change)): \(removed) rows taken out, "
                + "\(restored) rows as they were before.")
    }
    static func written(_ path: String, _ bytes: Int) -> Phrase {
        Phrase(
            "Đã ghi \(Formats.count(bytes)) byte vào \(path).",
            "Wrote \(Formats.count(bytes)) bytes to \(path).")
    }
    static func taken(_ change: UInt64) -> Phrase {
        Phrase("đã thu hồi (\(change))", "taken back (\(change))")
    }
    static let id = Phrase("Mã lần nhập", "Import")
    static let change = Phrase("Thay đổi", "Change")
    static let when = Phrase("Lúc", "At")
    static let who = Phrase("Người nhập", "By")
    static let files = Phrase("Tệp", "Files")
    static let rows = Phrase("Số dòng", "Rows")
    static let inserted = Phrase("Thêm", "New")
    static let correctedRows = Phrase("Sửa", "Corrected")
    static let warnings = Phrase("Cảnh báo", "Warnings")
    static let state = Phrase("Tình trạng", "State")
    static let kind = Phrase("Loại", "Kind")
    static let bytes = Phrase("Byte", "Bytes")
    static let digest = Phrase("SHA-256", "SHA-256")
    static let corrections = Phrase("Các dòng được sửa", "Corrected rows")
    static let key = Phrase("Khóa", "Key")
    static let line = Phrase("Dòng", "Line")
    static let column = Phrase("Cột", "Column")
    static let old = Phrase("Cũ", "Old")
    static let new = Phrase("Mới", "New")
}
