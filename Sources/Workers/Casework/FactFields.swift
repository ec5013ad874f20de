internal import Rules
internal import Store
internal import Wire
internal import WorkerKit

/// The fields of one fact as a person typed them, read as the cells of an import are.
struct FactFields {
    /// Bytes of one text.
    static let textBytes = 16 << 10

    let kind: ImportKind
    private(set) var values: [FieldValue]
    private(set) var present: [Bool]

    /// The key of what the fact hangs on.
    init(_ kind: ImportKind, unit: String, decisionNo: String) {
        self.kind = kind
        values = Array(repeating: .null, count: kind.columns.count)
        present = Array(repeating: false, count: kind.columns.count)
        for (index, text) in [unit, decisionNo].prefix(kind.parentKeyCount).enumerated() {
            values[index] = .text(text)
            present[index] = true
        }
    }

    /// Reads one field; an empty text empties the column.
    mutating func set(_ name: String, _ text: String) throws(Failure) {
        let columns = kind.columns[kind.parentKeyCount...]
        guard let index = columns.firstIndex(where: { $0.name == name }) else {
            let names = columns.map(\.name)
            let near = VietnameseText.nearest(to: name, among: names)
            throw Failure(
                .invalidArgument, "\(kind.name) không có cột “\(name)”", field: name,
                hint: (near.map { "có phải là \($0)? " } ?? "")
                    + "các cột: \(names.joined(separator: ", "))")
        }
        guard !present[index] else {
            throw Failure(
                .invalidArgument, "cột \(name) được ghi hai lần", field: name,
                hint: "giữ một giá trị")
        }
        values[index] = Cell.isEmpty(text) ? .null : try read(text.composed, columns[index])
        present[index] = true
    }

    /// Fills a column that was not given.
    mutating func fill(_ name: String, with value: FieldValue) {
        guard let index = kind.columns.firstIndex(where: { $0.name == name }), !present[index]
        else { return }
        values[index] = value
        present[index] = true
    }

    private func read(_ text: String, _ column: ImportColumn) throws(Failure) -> FieldValue {
        let verdict: CellVerdict<FieldValue> =
            switch column.type {
            case .text: .success(.text(try FactFields.plain(text, column)))
            case .day: Cell.date(text).map { .integer(Int64($0.number)) }
            case .money: Cell.money(text).map { .integer($0.amount) }
            case .flag: Cell.yesNo(text).map { .integer($0 ? 1 : 0) }
            case .choice(let codes): Cell.choice(text, of: codes).map { .text($0) }
            case .integer: FactFields.count(text)
            }
        switch verdict {
        case .success(let value): return value
        case .failure(let refusal): throw refused(refusal, text, column)
        }
    }

    private func refused(
        _ refusal: CellRefusal, _ text: String, _ column: ImportColumn
    ) -> Failure {
        let expected: String =
            switch column.type {
            case .text: "văn bản"
            case .day: "một ngày, ví dụ 2021-05-31 hoặc 31/5/2021"
            case .money: "số tiền nguyên đồng, ví dụ 1.500.000"
            case .integer: "một số đếm"
            case .flag: "có hoặc không (1, 0)"
            case .choice(let codes): "một trong: \(codes.joined(separator: ", "))"
            }
        return Failure(
            .invalidArgument, "cột \(column.name) cần \(expected)", field: column.name,
            hint: refusal.hint.map { "có phải là \($0)?" } ?? "sửa giá trị rồi ghi lại",
            reason: refusal.code.rawValue.uppercased())
    }

    private static func plain(_ text: String, _ column: ImportColumn) throws(Failure) -> String {
        guard text.utf8.count <= textBytes else {
            throw Failure(
                .invalidArgument, "cột \(column.name) dài quá \(textBytes) byte",
                field: column.name, hint: "rút ngắn lại")
        }
        let isControl = { (scalar: Unicode.Scalar) in
            scalar.value < 0x20 && scalar != "\n" && scalar != "\t" && scalar != "\r"
        }
        guard !text.unicodeScalars.contains(where: isControl) else {
            throw Failure(
                .invalidArgument, "cột \(column.name) có ký tự điều khiển", field: column.name,
                hint: "xóa ký tự đó")
        }
        let words = GroundWords(
            article: ["điều", "đ"], clause: ["khoản", "k"], point: ["điểm"])
        if column.name == "ground", text.utf8.first.map({ !(0x30...0x39).contains($0) }) ?? false,
            let ground = Cell.ground(text, words: words)
        {
            return ground
        }
        return Cell.stripped(text)
    }

    private static func count(_ text: String) -> CellVerdict<FieldValue> {
        let digits = Cell.stripped(text)
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), digits.utf8.count <= 6,
            let number = Int64(digits)
        else { return .failure(CellRefusal(code: .badValue, fault: .noChoice)) }
        return .success(.integer(number))
    }

    /// The row as messages show it: days and choices as they are kept, empty columns left out.
    static func shown(_ row: [FieldValue], of kind: ImportKind) -> [CaseworkV1.Field] {
        zip(kind.columns, row).compactMap { column, value in
            let text: String
            switch (value, column.type) {
            case (.null, _): return nil
            case (.text(let written), _): text = written
            case (.integer(let number), .day):
                text = Day(number: Int32(truncatingIfNeeded: number)).description
            case (.integer(let number), _): text = String(number)
            }
            return .with {
                $0.name = column.name
                $0.value = text
            }
        }
    }
}

extension Failure {
    /// A fact that the store did not take.
    init(_ problem: FactProblem, _ kind: ImportKind) {
        switch problem {
        case .missing(let column):
            self = Failure(
                .invalidArgument, "bản ghi mới của \(kind.name) thiếu cột \(column)",
                field: column, hint: "ghi thêm: --field \(column)=…", reason: "MISSING_VALUE")
        case .unknown:
            self = Failure(
                .notFound, "không có đơn vị hoặc việc của bản ghi này", field: "decision_no",
                hint: "kiểm tra mã đơn vị và số quyết định")
        case .beingImported:
            self = Failure(
                .unavailable, "bản ghi này đang được nhập từ một tệp",
                hint: "đợi việc nhập xong rồi ghi lại", retryable: true, reason: "IMPORT_UNDER_WAY")
        }
    }
}
