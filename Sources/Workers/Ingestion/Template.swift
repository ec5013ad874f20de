internal import Rules

/// A workbook to fill in: one sheet a kind, with headings, lists to choose from, formats and one example row, and a
/// sheet of the store's units and officers.
struct Template {
    enum Limits {
        /// Rows that get lists and checks.
        static let checkedRows = 10_000
    }

    let kinds: [ImportKind]
    let book: HeadingBook
    let language: MessageLanguage
    let units: [(code: String, name: String)]
    let officers: [(code: String, name: String)]

    func write(to path: String, folder: String) throws {
        let writer = try WorkbookWriter(path: path, folder: folder, streams: false)
        for kind in kinds { try write(kind, to: writer) }
        try writeLists(to: writer)
        try writer.close()
    }

    private func write(_ kind: ImportKind, to writer: WorkbookWriter) throws {
        let words = book.words(of: kind)
        let sheet = try writer.addSheet(words.sheets.first ?? kind.title)
        writer.freezeHeading(in: sheet)
        writer.write("STT", row: 0, column: 0, .optionalHeading, in: sheet)
        writer.setColumn(0, width: 8, in: sheet)
        writer.write(book.example, row: 1, column: 0, .example, in: sheet)
        writer.comment(
            Message(.exampleNote).text(in: language), row: 1, column: 0, in: sheet)
        for (index, column) in kind.columns.enumerated() {
            let place = index + 1
            let heading = words.headings[index].first ?? column.name
            writer.write(
                heading, row: 0, column: place, column.isRequired ? .heading : .optionalHeading,
                in: sheet)
            let look: WorkbookWriter.Look =
                switch column.type {
                case .day: .day
                case .money, .integer: .money
                case .text: .text
                case .flag, .choice: .plain
                }
            writer.setColumn(
                place, width: Double(min(40, max(12, heading.count + 3))), look, in: sheet)
            let (check, expected) = check(column, index, words)
            let need = Message(column.isRequired ? .requiredNote : .optionalNote)
            writer.check(
                check, note: "\(need.text(in: language)) \(expected.text(in: language))",
                column: place, rows: 1...Limits.checkedRows, in: sheet)
            writeExample(column, index, words, at: place, in: sheet, writer)
        }
    }

    private func check(
        _ column: ImportColumn, _ index: Int, _ words: HeadingBook.KindWords
    ) -> (WorkbookWriter.Check, Message) {
        let lists = Message(.listsSheet).text(in: .vi)
        switch column.type {
        case .day: return (.day, Message(.expectDay))
        case .money: return (.wholeNumber, Message(.expectMoney))
        case .integer: return (.wholeNumber, Message(.expectCount))
        case .flag: return (.list(["có", "không"]), Message(.expectFlag))
        case .choice(let codes):
            return (
                .list(codes.map { words.shown($0, column: index) }), Message(.chooseFromList)
            )
        case .text where ["unit_code", "parent_code"].contains(column.name) && !units.isEmpty:
            return (.range("='\(lists)'!$A$2:$A$\(units.count + 1)"), Message(.chooseFromList))
        case .text where column.name == "officer_code" && !officers.isEmpty:
            return (.range("='\(lists)'!$D$2:$D$\(officers.count + 1)"), Message(.chooseFromList))
        case .text: return (.anything, Message(.expectText))
        }
    }

    private func writeExample(
        _ column: ImportColumn, _ index: Int, _ words: HeadingBook.KindWords, at place: Int,
        in sheet: WorkbookWriter.Sheet, _ writer: WorkbookWriter
    ) {
        switch column.type {
        case .day:
            guard let day = Day(2021, 5, 31), let serial = WorkbookWriter.serial(of: day) else {
                return
            }
            writer.write(serial, row: 1, column: place, .exampleDay, in: sheet)
        case .money:
            writer.write(150_000_000, row: 1, column: place, .exampleMoney, in: sheet)
        case .integer: writer.write(1, row: 1, column: place, .exampleMoney, in: sheet)
        case .flag: writer.write("không", row: 1, column: place, .example, in: sheet)
        case .choice(let codes):
            let word = codes.first.map { words.shown($0, column: index) } ?? ""
            writer.write(word, row: 1, column: place, .example, in: sheet)
        case .text:
            writer.write(example(of: column), row: 1, column: place, .example, in: sheet)
        }
    }

    private func example(of column: ImportColumn) -> String {
        switch column.name {
        case "unit_code": units.first?.code ?? "TPST"
        case "parent_code": units.first?.code ?? "CUC"
        case "officer_code": officers.first?.code ?? "TPST-01"
        case "decision_no": "01/2021/QĐ-CCTHADS"
        case "judgment_no": "12/2020/DS-ST"
        case "number": "02/QĐ-CCTHADS"
        case "asset_no": "TS1"
        case "receipt_no": "0000123"
        case "ground": "44a.1.a"
        case "name": "Nguyễn Văn A"
        default: "…"
        }
    }

    private func writeLists(to writer: WorkbookWriter) throws {
        let sheet = try writer.addSheet(Message(.listsSheet).text(in: .vi))
        writer.freezeHeading(in: sheet)
        let blocks: [(first: Int, kind: ImportKind, rows: [(code: String, name: String)])] = [
            (0, .units, units), (3, .officers, officers),
        ]
        for block in blocks {
            let headings = book.words(of: block.kind).headings
            for offset in 0..<2 {
                let column = block.kind.columns[offset].name
                writer.write(
                    headings[offset].first ?? column, row: 0, column: block.first + offset,
                    .heading, in: sheet)
                writer.setColumn(
                    block.first + offset, width: offset == 0 ? 16 : 40, .text, in: sheet)
            }
            for (index, row) in block.rows.enumerated() {
                writer.write(row.code, row: index + 1, column: block.first, .text, in: sheet)
                writer.write(row.name, row: index + 1, column: block.first + 1, .text, in: sheet)
            }
        }
    }
}
