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
    /// One a column of the kind.
    private let canonical: [CanonicalCell]

    init(kind: ImportKind, map: HeadingMap, book: HeadingBook, shift: Int = 0) {
        self.kind = kind
        self.map = map
        self.book = book
        self.shift = shift
        words = book.words(of: kind)
        canonical = kind.columns.map { CanonicalCell($0) }
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
        _ row: TableRow, into values: inout FactRows, findings: inout FileFindings
    ) -> Verdict {
        if let place = map.numbersPlace, isExample(row.cell(place)) { return .example }
        var refusals: [(column: Int, refusal: Refusal)] = []
        row.bytes.withUnsafeBufferPointer { bytes in
            for index in canonical.indices {
                if let refusal = take(row, bytes, index, into: &values) {
                    refusals.append((index, refusal))
                }
            }
        }
        guard !refusals.isEmpty else { return .good }
        if let verdict = noData(row) {
            values.removeLast(canonical.count)
            return verdict
        }
        for (index, refusal) in refusals { name(refusal, index, row, &findings) }
        return .bad
    }

    /// Appends the value of a column.
    private func take(
        _ row: TableRow, _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int,
        into values: inout FactRows
    ) -> Refusal? {
        guard let place = map.places[index], place < row.spans.count else {
            values.appendNull()
            return missing(index)
        }
        let span = row.spans[place]
        if span.kind == .text, span.start < span.end {
            let cell = UnsafeBufferPointer(rebasing: bytes[Int(span.start)..<Int(span.end)])
            switch canonical[index].read(cell) {
            case .integer(let number):
                values.append(number)
                return nil
            case .text:
                values.append(text: cell)
                return nil
            case .other: break
            }
        } else if span.kind == .text {
            values.appendNull()
            return missing(index)
        }
        switch read(row.cell(place), span.kind, index) {
        case .success(let value):
            values.append(value)
            return value == .null ? missing(index) : nil
        case .failure(let refusal):
            values.appendNull()
            return refusal
        }
    }

    /// What is wrong with an empty cell of that column.
    private func missing(_ index: Int) -> Refusal? {
        guard kind.columns[index].isRequired else { return nil }
        return Refusal(
            "missing_value", Message(.empty, ["column": kind.columns[index].name]),
            hint: Message(.fillIn))
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
    private func noData(_ row: TableRow) -> Verdict? {
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
        if let quick = quick(bytes, index) { return .success(quick) }
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

    /// The canonical spellings, also of a workbook's numbers and days.
    private func quick(_ bytes: ArraySlice<UInt8>, _ index: Int) -> FieldValue? {
        bytes.withUnsafeBufferPointer { bytes in
            switch canonical[index].read(bytes) {
            case .integer(let number): .integer(number)
            case .text: .text(String(decoding: bytes, as: UTF8.self))
            case .other: nil
            }
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
        // Canonical grounds begin with their article's number.
        if kind.columns[index].name == "ground",
            trimmed.utf8.first.map({ !(0x30...0x39).contains($0) }) ?? false,
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
