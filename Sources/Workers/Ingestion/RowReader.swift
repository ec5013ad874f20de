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

    /// Appends the values of the reader's current row; false when a cell is bad. What could be read is there
    /// all the same, so that the rows that hang on this one are not blamed for it.
    func read(
        _ reader: CSVReader, into values: inout [FieldValue], findings: inout FileFindings
    ) -> Bool {
        var isGood = true
        for (index, column) in kind.columns.enumerated() {
            var value = FieldValue.null
            if let place = map.places[index], place < reader.fieldCount {
                switch read(reader.field(place), column) {
                case .success(let found): value = found
                case .failure(let refusal):
                    isGood = false
                    let shown = String(decoding: reader.field(place), as: UTF8.self)
                    findings.error(
                        refusal.code, line: reader.line, column: column.name, found: shown,
                        refusal.message, hint: refusal.hint)
                }
            }
            if value == .null, column.isRequired, isGood || map.places[index] != nil {
                let isBlank = map.places[index].map {
                    $0 >= reader.fieldCount || reader.field($0).allSatisfy { $0 == 0x20 }
                }
                if isBlank ?? true {
                    isGood = false
                    findings.error(
                        "missing_value", line: reader.line, column: column.name,
                        "thiếu giá trị bắt buộc ở cột \(column.name)", hint: "điền giá trị vào ô")
                }
            }
            values.append(value)
        }
        return isGood
    }

    private struct Refusal: Error {
        let code: String
        let message: String
        let hint: String
    }

    private func read(
        _ bytes: ArraySlice<UInt8>, _ column: ImportColumn
    ) -> Result<FieldValue, Refusal> {
        if bytes.allSatisfy({ $0 == 0x20 }) { return .success(.null) }
        if let quick = quick(bytes, column.type) { return .success(quick) }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return .failure(
                Refusal(
                    code: "bad_encoding", message: "ô không phải văn bản UTF-8",
                    hint: "lưu tệp dưới dạng CSV UTF-8"))
        }
        let startsPlain = bytes.first.map { $0 > 0x20 && $0 < 0x80 } ?? false
        if !startsPlain, Cell.isEmpty(text) { return .success(.null) }
        switch column.type {
        case .text: return readText(text)
        case .day: return Cell.date(text).map { .integer(Int64($0.number)) }.mapError(refusal)
        case .money: return Cell.money(text).map { .integer($0.amount) }.mapError(refusal)
        case .integer: return readCount(text)
        case .flag: return Cell.yesNo(text).map { .integer($0 ? 1 : 0) }.mapError(refusal)
        case .choice(let words):
            return Cell.choice(text, of: words).map { .text($0) }.mapError(refusal)
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

    private func readText(_ text: String) -> Result<FieldValue, Refusal> {
        guard text.utf8.count <= Limits.text else {
            return .failure(
                Refusal(
                    code: "too_large", message: "ô dài hơn \(Limits.text) byte",
                    hint: "rút ngắn nội dung"))
        }
        if text.unicodeScalars.contains(where: {
            $0.value < 0x20 && $0 != "\n" && $0 != "\t" && $0 != "\r"
        }) {
            return .failure(
                Refusal(
                    code: "bad_value", message: "ô có ký tự điều khiển",
                    hint: "xóa các ký tự không in được"))
        }
        var trimmed = text
        let ends = [text.unicodeScalars.first, text.unicodeScalars.last].compactMap { $0 }
        if ends.contains(where: {
            $0.value <= 0x20 || $0.value > 0x7E && $0.properties.isWhitespace
        }) {
            trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        let needsForm = trimmed.unicodeScalars.contains { (0x300...0x36F).contains($0.value) }
        return .success(.text(needsForm ? trimmed.composed : trimmed))
    }

    private func readCount(_ text: String) -> Result<FieldValue, Refusal> {
        let trimmed = text.trimmingCharacters(in: .whitespaces)
        guard trimmed.utf8.allSatisfy({ (0x30...0x39).contains($0) }), trimmed.utf8.count <= 6,
            let value = Int64(trimmed)
        else {
            return .failure(
                Refusal(
                    code: "bad_value", message: "không phải số nguyên không âm",
                    hint: "ghi bằng chữ số, ví dụ 1"))
        }
        return .success(.integer(value))
    }

    private func refusal(_ refusal: CellRefusal) -> Refusal {
        Refusal(
            code: refusal.code.rawValue, message: refusal.message,
            hint: refusal.hint.map { "có phải là “\($0)”?" } ?? "")
    }
}
