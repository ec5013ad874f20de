internal import Rules

/// Where the heading of a table stands, and what each of its columns is.
struct HeadingLayout: Equatable {
    struct Column: Equatable {
        /// Place in the row, from 0.
        var place: Int
        /// As it is written; the parts of a heading over several rows are joined.
        var heading: String
        /// Column of the kind.
        var field: Int?
        var isIgnored: Bool
    }

    var kind: ImportKind
    /// Lines of the first and the last row of the heading.
    var firstLine: Int
    var lastLine: Int
    var columns: [Column]
    /// Rows up to here are no data.
    var skippedLine: Int

    var fieldCount: Int { Set(columns.compactMap(\.field)).count }
    var hasRequired: Bool {
        let fields = Set(columns.compactMap(\.field))
        return kind.columns.enumerated().allSatisfy {
            !$0.element.isRequired || fields.contains($0.offset)
        }
    }

    static func == (a: HeadingLayout, b: HeadingLayout) -> Bool {
        a.kind.name == b.kind.name && a.firstLine == b.firstLine && a.lastLine == b.lastLine
            && a.columns == b.columns && a.skippedLine == b.skippedLine
    }
}

/// Finds the heading among the first rows of a table: titles may stand above it, it may have up to three rows with
/// groups over their columns, and a row of column numbers may follow.
struct HeadingSearch {
    enum Limits {
        /// Rows of one heading.
        static let depth = 3
    }

    private let rows: [TableRow]
    private let book: HeadingBook
    /// The cells as text and folded, row by row.
    private let cells: [[(text: String, folded: String)]]

    init(_ rows: [TableRow], book: HeadingBook) {
        self.rows = rows
        self.book = book
        cells = rows.map { row in
            (0..<row.count).map { place in
                // Numbers and the long texts of a cell are no heading.
                let bytes = row.cell(place)
                guard row.kind(place) == .text, bytes.count <= 400 else { return ("", "") }
                let text = String(decoding: bytes, as: UTF8.self)
                return (HeadingSearch.tidied(text), VietnameseText.folded(text))
            }
        }
    }

    /// The heading of a table of that kind; where none is to be found, the first row that is not blank.
    func heading(of kind: ImportKind) -> HeadingLayout? {
        if let best = best(of: [kind]), best.fieldCount >= 2 || best.firstLine == firstLine {
            return best
        }
        guard let first = rows.firstIndex(where: { !$0.isBlank }) else { return nil }
        return layout(first, depth: 1, kind)
    }

    /// The heading and kind of a table whose name says nothing: all required columns must be there.
    func headingOfAnyKind() -> HeadingLayout? {
        let complete = best(of: ImportKind.all) { $0.hasRequired && $0.fieldCount >= 3 }
        return complete
    }

    private var firstLine: Int { rows.first { !$0.isBlank }?.line ?? 1 }

    private func best(
        of kinds: [ImportKind], where isGood: (HeadingLayout) -> Bool = { $0.fieldCount > 0 }
    ) -> HeadingLayout? {
        var best: HeadingLayout?
        for depth in 1...Limits.depth {
            for first in rows.indices where first + depth <= rows.count {
                guard rows[first + depth - 1].line == rows[first].line + depth - 1 || depth == 1
                else {
                    continue
                }
                for kind in kinds {
                    let found = layout(first, depth: depth, kind)
                    guard isGood(found) else { continue }
                    if best.map({ isBetter(found, than: $0) }) ?? true { best = found }
                }
            }
        }
        return best
    }

    /// More columns known; of equals, fewer unknown.
    private func isBetter(_ one: HeadingLayout, than other: HeadingLayout) -> Bool {
        if one.fieldCount != other.fieldCount { return one.fieldCount > other.fieldCount }
        let unknown = { (layout: HeadingLayout) in
            layout.columns.count { $0.field == nil && !$0.isIgnored }
        }
        if one.kind.name != other.kind.name { return unknown(one) < unknown(other) }
        return false
    }

    private func layout(_ first: Int, depth: Int, _ kind: ImportKind) -> HeadingLayout {
        let words = book.words(of: kind)
        let heading = first..<first + depth
        let width = heading.map { cells[$0].count }.max() ?? 0
        var columns: [HeadingLayout.Column] = []
        var taken = Set<Int>()
        var leaves: [String: Int] = [:]
        for place in 0..<width { leaves[leaf(heading, place)?.folded ?? "", default: 0] += 1 }
        for place in 0..<width {
            guard let leaf = leaf(heading, place) else { continue }
            let group = group(heading, place, leaf.row)
            var candidates = [leaf.folded]
            if let group, group.folded != leaf.folded {
                let isAlone = leaves[leaf.folded] == 1
                candidates =
                    [leaf.folded + group.folded, group.folded + leaf.folded]
                    + (isAlone ? [leaf.folded] : [])
            }
            let field = candidates.compactMap { words.columns[$0] }.first { !taken.contains($0) }
            let again = candidates.compactMap { words.columns[$0] }.first
            let text = group.map {
                $0.folded == leaf.folded ? leaf.text : "\($0.text) – \(leaf.text)"
            }
            columns.append(
                HeadingLayout.Column(
                    place: place, heading: text ?? leaf.text,
                    // A second column of one field is kept, so that it is named as an error.
                    field: field ?? (depth == 1 ? again : nil),
                    isIgnored: field == nil && book.ignored.contains(leaf.folded)))
            if let field { taken.insert(field) }
        }
        let last = rows[first + depth - 1].line
        return HeadingLayout(
            kind: kind, firstLine: rows[first].line, lastLine: last, columns: columns,
            skippedLine: numbersLine(after: first + depth - 1) ?? last)
    }

    private func cell(_ row: Int, _ place: Int) -> (text: String, folded: String)? {
        guard place < cells[row].count, !cells[row][place].folded.isEmpty else { return nil }
        return cells[row][place]
    }

    /// The lowest text of a column.
    private func leaf(
        _ heading: Range<Int>, _ place: Int
    ) -> (text: String, folded: String, row: Int)? {
        for row in heading.reversed() {
            if let cell = cell(row, place) { return (cell.text, cell.folded, row) }
        }
        return nil
    }

    /// What stands over the lowest text: its own cell, or the nearest to the left, over which the group reaches.
    private func group(
        _ heading: Range<Int>, _ place: Int, _ leafRow: Int
    ) -> (text: String, folded: String)? {
        guard leafRow > heading.lowerBound else { return nil }
        for row in (heading.lowerBound..<leafRow).reversed() {
            for left in stride(from: place, through: 0, by: -1) {
                if let cell = cell(row, left) { return cell }
            }
        }
        return nil
    }

    /// The line of a row of column numbers right under the heading: `1 2 3`, `(1) (2) (3)`, `A B 1 2`.
    private func numbersLine(after last: Int) -> Int? {
        guard last + 1 < rows.count else { return nil }
        let row = rows[last + 1]
        let texts = (0..<row.count).map { row.text($0).filter { !" ()[]".contains($0) } }
            .filter { !$0.isEmpty }
        guard texts.count >= 3, row.line == rows[last].line + 1 else { return nil }
        let isNumbered = texts.allSatisfy { text in
            text.count <= 2 && (Int(text) != nil || text.count == 1 && text.first?.isLetter == true)
        }
        let numbers = texts.compactMap { Int($0) }
        return isNumbered && numbers == numbers.sorted() && Set(numbers).count == numbers.count
            ? row.line : nil
    }

    /// Line breaks and runs of blanks as one blank.
    private static func tidied(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
