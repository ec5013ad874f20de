internal import Rules

/// Which column of a file is which column of its kind.
struct HeadingMap {
    /// For each column of the kind, its place in the file; nil where the file does not have it.
    let places: [Int?]
    let present: [Bool]

    /// Reads the heading row; what is wrong with it goes to `findings`, and nil comes back when it cannot serve.
    init?(_ heading: [String], kind: ImportKind, findings: inout FileFindings) {
        var known: [String: Int] = [:]
        for (index, column) in kind.columns.enumerated() {
            for spelling in [column.name] + column.headings {
                known[VietnameseText.folded(spelling)] = index
            }
        }
        var places = [Int?](repeating: nil, count: kind.columns.count)
        var isUsable = true
        for (place, text) in heading.enumerated() where !Cell.isEmpty(text) {
            guard let index = known[VietnameseText.folded(text)] else {
                findings.warning(
                    "unknown_column", line: 1, column: text, found: text,
                    "cột “\(text)” không thuộc loại tệp \(kind.name); cột được bỏ qua",
                    hint: HeadingMap.suggestion(text, kind))
                continue
            }
            if places[index] != nil {
                findings.error(
                    "bad_file", line: 1, column: kind.columns[index].name, found: text,
                    "cột \(kind.columns[index].name) có hai lần trong dòng tiêu đề",
                    hint: "giữ lại một cột")
                isUsable = false
            }
            places[index] = place
        }
        for (index, column) in kind.columns.enumerated()
        where column.isRequired && places[index] == nil {
            findings.error(
                "missing_column", line: 1, column: column.name,
                "thiếu cột bắt buộc \(column.name) (\(column.headings.first ?? column.name))",
                hint: "thêm cột này vào dòng tiêu đề")
            isUsable = false
        }
        guard isUsable else { return nil }
        self.places = places
        present = places.map { $0 != nil }
    }

    private static func suggestion(_ text: String, _ kind: ImportKind) -> String {
        let names = kind.columns.flatMap { [$0.name] + $0.headings }
        return VietnameseText.nearest(to: text, among: names).map { "có phải là “\($0)”?" } ?? ""
    }
}
