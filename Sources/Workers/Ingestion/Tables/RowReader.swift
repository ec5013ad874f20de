internal import Foundation
internal import Rules
internal import Store
internal import WorkerKit

/// Turns the cells of a row into the values of a kind; each bad cell is one error.
struct RowReader {
    enum Limits {
        /// Bytes of one cell of text.
        static let text = 16 << 10
    }

    let kind: ImportKind
    let map: HeadingMap
    let book: HeadingBook
    private let words: HeadingBook.KindWords
    /// Days that a bare number counts from 1904 instead of 1900.
    private let shift: Int

    init(kind: ImportKind, map: HeadingMap, book: HeadingBook, shift: Int = 0) {
        self.kind = kind
        self.map = map
        self.book = book
        self.shift = shift
        words = book.words(of: kind)
    }

    /// What a row turned out to be.
    enum Verdict {
        case good
        /// A cell is bad, and named.
        case bad
        /// It holds no data: nothing was appended.
        case blank, example, total
    }

    private struct Refusal: Error {
        let code: String
        let message: Message
        let hint: Message?

        init(_ code: String, _ message: Message, hint: Message? = nil) {
            self.code = code
            self.message = message
            self.hint = hint
        }
    }

    /// Appends the row's values. What could be read of a bad row is there all the same, so that the rows that hang
    /// on it are not blamed for it.
    func read(
        _ row: TableRow, into values: inout [FieldValue], findings: inout FileFindings
    ) -> Verdict {
        if let place = map.numbersPlace, isExample(row.cell(place)) { return .example }
        let first = values.count
        var refusals: [(column: Int, refusal: Refusal)] = []
        for (index, column) in kind.columns.enumerated() {
            var value = FieldValue.null
            let place = map.places[index]
            if let place, place < row.count {
                switch read(row.cell(place), row.kind(place), index) {
                case .success(let found): value = found
                case .failure(let refusal): refusals.append((index, refusal))
                }
            }
            if value == .null, column.isRequired, refusals.last?.column != index {
                refusals.append(
                    (
                        index,
                        Refusal(
                            "missing_value", Message(.empty, ["column": column.name]),
                            hint: Message(.fillIn))
                    ))
            }
            values.append(value)
        }
        guard !refusals.isEmpty else { return .good }
        if let verdict = noData(row, values[first...]) {
            values.removeSubrange(first...)
            return verdict
        }
        for (index, refusal) in refusals { name(refusal, index, row, &findings) }
        return .bad
    }

    private func name(
        _ refusal: Refusal, _ index: Int, _ row: TableRow, _ findings: inout FileFindings
    ) {
        let column = kind.columns[index]
        let place = Place(line: row.line, column: column.name, at: map.places[index])
        findings.error(
            refusal.code, place, found: map.places[index].map { row.text($0) } ?? "",
            refusal.message, expected: expected(column, index), hint: refusal.hint)
    }

    private func expected(_ column: ImportColumn, _ index: Int) -> Message {
        switch column.type {
        case .text: Message(.expectText)
        case .day: Message(.expectDay)
        case .money: Message(.expectMoney)
        case .integer: Message(.expectCount)
        case .flag: Message(.expectFlag)
        case .choice(let codes):
            Message(
                .expectChoice,
                [
                    "choices": codes.map { code in
                        let word = words.shown(code, column: index)
                        return word == code ? code : "\(word) (\(code))"
                    }.joined(separator: ", ")
                ])
        }
    }

    /// Rows between and under the data: without any value, or sums.
    private func noData(_ row: TableRow, _ values: ArraySlice<FieldValue>) -> Verdict? {
        if map.places.allSatisfy({ place in
            place.map { row.cell($0).allSatisfy { $0 == 0x20 } && row.kind($0) != .formula } ?? true
        }) {
            return .blank
        }
        let keys = map.places.prefix(kind.keyCount).filter { place in
            place.map { row.cell($0).isEmpty } ?? true
        }
        guard !keys.isEmpty,
            let first = (0..<row.count).first(where: { !row.cell($0).allSatisfy { $0 <= 0x20 } })
        else { return nil }
        return book.totals.contains(
            VietnameseText.folded(row.text(first).prefix { !":(".contains($0) })) ? .total : nil
    }

    /// Whether most of what a row must have is missing, as in the signatures under a table.
    func isFoot(_ row: TableRow) -> Bool {
        let required = kind.columns.indices.filter { kind.columns[$0].isRequired }
        let filled = required.count { index in
            map.places[index].map { !row.cell($0).allSatisfy { $0 <= 0x20 } } ?? false
        }
        return 2 * filled < required.count
    }

    private func isExample(_ cell: ArraySlice<UInt8>) -> Bool {
        guard let first = cell.first, first > 0x39, cell.count < 40 else { return false }
        return book.examples.contains(
            VietnameseText.folded(String(decoding: cell, as: UTF8.self)))
    }
}

extension RowReader {
    private func read(
        _ bytes: ArraySlice<UInt8>, _ cell: CellKind, _ index: Int
    ) -> Result<FieldValue, Refusal> {
        let type = kind.columns[index].type
        if cell != .text, let special = special(bytes, cell, type) { return special }
        if bytes.allSatisfy({ $0 == 0x20 }) { return .success(.null) }
        if let quick = quick(bytes, type) { return .success(quick) }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return .failure(
                Refusal("bad_encoding", Message(.noUTF8), hint: Message(.saveAsUTF8)))
        }
        let startsPlain = bytes.first.map { $0 > 0x20 && $0 < 0x80 } ?? false
        if !startsPlain, Cell.isEmpty(text) { return .success(.null) }
        switch type {
        case .text: return readText(text, index)
        case .day:
            return Cell.date(text).map { .integer(Int64($0.number)) }.mapError {
                refusal($0, index)
            }
        case .money:
            return Cell.money(text).map { .integer($0.amount) }.mapError { refusal($0, index) }
        case .integer: return readCount(text)
        case .flag:
            return Cell.yesNo(text).map { .integer($0 ? 1 : 0) }.mapError { refusal($0, index) }
        case .choice: return readChoice(text, index)
        }
    }

    /// What only a workbook's cells can be; nil where the bytes say it all.
    private func special(
        _ bytes: ArraySlice<UInt8>, _ cell: CellKind, _ type: ColumnType
    ) -> Result<FieldValue, Refusal>? {
        switch (cell, type) {
        case (.error, _):
            let found = String(decoding: bytes, as: UTF8.self)
            return .failure(
                Refusal(
                    "bad_value", Message(.cellError, ["found": found]), hint: Message(.mendFormula))
            )
        case (.formula, _):
            return .failure(
                Refusal(
                    "bad_value", Message(.formulaWithoutValue), hint: Message(.calculateFormula)))
        case (.day, .text):
            return .failure(
                Refusal("bad_value", Message(.dayInText), hint: Message(.formatAsText)))
        case (.day, .money):
            return .failure(Refusal("bad_money", Message(.dayInMoney)))
        case (.fraction, .money):
            return .failure(Refusal("bad_money", Message(.fraction), hint: Message(.wholeDong)))
        case (.fraction, .integer):
            return .failure(Refusal("bad_value", Message(.fraction)))
        case (.number, .day), (.fraction, .day):
            guard let number = Double(String(decoding: bytes, as: UTF8.self)),
                (20_000...80_000).contains(number), let day = Cell.excelDay(Int(number) + shift)
            else { return nil }
            return .success(.integer(Int64(day.number)))
        default: return nil
        }
    }

    /// The canonical spellings, read straight from the bytes: `2021-05-31`, and digits only.
    private func quick(_ bytes: ArraySlice<UInt8>, _ type: ColumnType) -> FieldValue? {
        func digits(_ part: ArraySlice<UInt8>) -> Int64? {
            var value: Int64 = 0
            for byte in part {
                guard (0x30...0x39).contains(byte) else { return nil }
                value = value * 10 + Int64(byte - 0x30)
            }
            return value
        }
        switch type {
        case .day:
            let start = bytes.startIndex
            guard bytes.count == 10, bytes[start + 4] == 0x2D, bytes[start + 7] == 0x2D,
                let year = digits(bytes[start..<start + 4]), (1900...2200).contains(year),
                let month = digits(bytes[start + 5..<start + 7]),
                let day = digits(bytes[start + 8..<start + 10]),
                let value = Day(Int(year), Int(month), Int(day))
            else { return nil }
            return .integer(Int64(value.number))
        case .money:
            guard bytes.count <= 15, let value = digits(bytes) else { return nil }
            return .integer(value)
        case .integer:
            guard bytes.count <= 6, let value = digits(bytes) else { return nil }
            return .integer(value)
        case .flag:
            guard bytes.count == 1, let value = digits(bytes), value <= 1 else { return nil }
            return .integer(value)
        case .choice(let words):
            return words.first { $0.utf8.elementsEqual(bytes) }.map { .text($0) }
        case .text: return nil
        }
    }

    private func readChoice(_ text: String, _ index: Int) -> Result<FieldValue, Refusal> {
        guard case .choice(let codes) = kind.columns[index].type else { return .success(.null) }
        if let code = words.codes[index]?[VietnameseText.folded(text)] {
            return .success(.text(code))
        }
        let spelled = Dictionary((words.words[index] ?? []).map { ($0.word, $0.code) }) { a, _ in a
        }
        return Cell.choice(text, of: codes, words: spelled).map { .text($0) }.mapError {
            refusal($0, index)
        }
    }

    private func readText(_ text: String, _ index: Int) -> Result<FieldValue, Refusal> {
        guard text.utf8.count <= Limits.text else {
            return .failure(
                Refusal(
                    "too_large", Message(.textTooLong, ["limit": "\(Limits.text)"]),
                    hint: Message(.shorten)))
        }
        if text.unicodeScalars.contains(where: {
            $0.value < 0x20 && $0 != "\n" && $0 != "\t" && $0 != "\r"
        }) {
            return .failure(
                Refusal("bad_value", Message(.controlCharacters), hint: Message(.removeControl)))
        }
        var trimmed = text
        let ends = [text.unicodeScalars.first, text.unicodeScalars.last].compactMap { $0 }
        if ends.contains(where: {
            $0.value <= 0x20 || $0.value > 0x7E && $0.properties.isWhitespace
        }) {
            trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        let needsForm = trimmed.unicodeScalars.contains { (0x300...0x36F).contains($0.value) }
        if needsForm { trimmed = trimmed.composed }
        if kind.columns[index].name == "ground",
            let ground = Cell.ground(trimmed, words: book.grounds)
        {
            return .success(.text(ground))
        }
        return .success(.text(trimmed))
    }

    private func readCount(_ text: String) -> Result<FieldValue, Refusal> {
        let trimmed = text.trimmingCharacters(in: .whitespaces)
        guard trimmed.utf8.allSatisfy({ (0x30...0x39).contains($0) }), trimmed.utf8.count <= 6,
            let value = Int64(trimmed)
        else { return .failure(Refusal("bad_value", Message(.noCount))) }
        return .success(.integer(value))
    }

    private func refusal(_ refusal: CellRefusal, _ index: Int) -> Refusal {
        let key: MessageKey =
            switch refusal.fault {
            case .empty: .empty
            case .noDay: .noDay
            case .noMoney: .noMoney
            case .negativeMoney: .negativeMoney
            case .largeMoney: .largeMoney
            case .noFlag: .noFlag
            case .noChoice: .noChoice
            }
        return Refusal(
            refusal.code.rawValue, Message(key, ["column": kind.columns[index].name]),
            hint: refusal.hint.map { code in
                let word = words.shown(code, column: index)
                return Message(.didYouMean, ["name": word == code ? code : "\(word) (\(code))"])
            })
    }
}
