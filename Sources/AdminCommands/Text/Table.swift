/// A column of a table and how it gives way when the terminal is narrow.
struct Column: Sendable {
    var title: String
    var alignment: Alignment
    /// Least width when its cells may wrap; nil = they never do.
    var wrapsTo: Int?
    /// Columns with a number may be left out, the lowest number first; nil = always shown.
    var dropOrder: Int?

    init(
        _ title: Phrase, _ alignment: Alignment = .left, wrapsTo: Int? = nil, dropOrder: Int? = nil
    ) {
        self.title = title.text
        self.alignment = alignment
        self.wrapsTo = wrapsTo
        self.dropOrder = dropOrder
    }
}

struct Cell: Sendable, ExpressibleByStringInterpolation {
    var text: String
    var style: Style

    init(_ text: String, _ style: Style = .plain) {
        self.text = text.printable
        self.style = style
    }

    init(stringLiteral value: String) { self.init(value) }
}

/// Rows under headings, aligned by what a terminal really shows.
struct Table: Sendable {
    var columns: [Column]
    var rows: [[Cell]] = []
    /// Rows that a line is drawn above, e.g. totals.
    var ruledRows: Set<Int> = []

    init(_ columns: [Column]) { self.columns = columns }

    mutating func add(_ cells: [Cell], ruled: Bool = false) {
        if ruled { ruledRows.insert(rows.count) }
        rows.append(cells)
    }

    /// The table in lines that fit: cells wrap first, then columns are left out (and named below),
    /// and where even that is too wide each row becomes a block of `title: value` lines with all of
    /// its cells.
    func rendered(on terminal: Terminal) -> String {
        guard let width = terminal.width else {
            return lines(Layout(self, Array(columns.indices), within: nil), terminal)
        }
        var shown = Array(columns.indices)
        while true {
            let layout = Layout(self, shown, within: width)
            if layout.fits { return lines(layout, terminal) + droppedNote(shown, terminal) }
            let candidates = shown.filter { columns[$0].dropOrder != nil }
            guard
                let victim = candidates.min(by: {
                    (columns[$0].dropOrder ?? 0) < (columns[$1].dropOrder ?? 0)
                })
            else { return records(Array(columns.indices), terminal) }
            shown.removeAll { $0 == victim }
        }
    }

    /// The table with all of its columns: what does not fit beside the first `keeping` columns
    /// continues in further tables under it.
    func renderedInPanels(keeping fixed: Int, on terminal: Terminal) -> String {
        guard let width = terminal.width else { return rendered(on: terminal) }
        let head = Array(columns.indices.prefix(fixed))
        var panels: [[Int]] = []
        var panel: [Int] = []
        for index in columns.indices.dropFirst(fixed) {
            if !panel.isEmpty, !Layout(self, head + panel + [index], within: width).fits {
                panels.append(panel)
                panel = []
            }
            panel.append(index)
        }
        if !panel.isEmpty || panels.isEmpty { panels.append(panel) }
        return panels.map { group in
            let layout = Layout(self, head + group, within: width)
            return layout.fits ? lines(layout, terminal) : records(head + group, terminal)
        }.joined(separator: "\n\n")
    }

    // MARK: Drawing

    private func lines(_ layout: Layout, _ terminal: Terminal) -> String {
        var out = block(layout.columns.map { Cell(columns[$0].title, .strong) }, layout, terminal)
        out.append(rule(layout))
        for (number, row) in rows.enumerated() {
            if ruledRows.contains(number), number > 0 { out.append(rule(layout)) }
            out += block(layout.columns.map { $0 < row.count ? row[$0] : "" }, layout, terminal)
        }
        return out.joined(separator: "\n")
    }

    private func rule(_ layout: Layout) -> String {
        layout.widths.map { String(repeating: "─", count: $0) }
            .joined(separator: String(repeating: " ", count: Layout.gap))
    }

    private func block(_ cells: [Cell], _ layout: Layout, _ terminal: Terminal) -> [String] {
        let parts = zip(cells, layout.widths).map { $0.text.wrapped(to: $1) }
        let height = parts.map(\.count).max() ?? 0
        let gap = String(repeating: " ", count: Layout.gap)
        return (0..<height).map { line in
            var out = ""
            for (place, index) in layout.columns.enumerated() {
                let text = line < parts[place].count ? parts[place][line] : ""
                let padded = text.padded(to: layout.widths[place], columns[index].alignment)
                out += (place > 0 ? gap : "") + terminal.styled(padded, cells[place].style)
            }
            return terminal.colour ? out : out.trimmingTrailingSpaces
        }
    }

    private func records(_ shown: [Int], _ terminal: Terminal) -> String {
        rows.map { row in
            shown.filter { $0 < row.count && !row[$0].text.isEmpty }.map { index in
                let lines = "\(columns[index].title): \(row[index].text)"
                    .wrapped(to: max(8, (terminal.width ?? Limits.usualColumns) - 2))
                return terminal.styled(lines.joined(separator: "\n  "), row[index].style)
            }.joined(separator: "\n")
        }.joined(separator: "\n\n")
    }

    private func droppedNote(_ shown: [Int], _ terminal: Terminal) -> String {
        let dropped = columns.indices.filter { !shown.contains($0) }.map { columns[$0].title }
        guard !dropped.isEmpty else { return "" }
        let note = TableText.dropped(dropped.joined(separator: ", ")).text
        return "\n" + terminal.styled(terminal.paragraph(note), .quiet)
    }
}

private enum TableText {
    static func dropped(_ names: String) -> Phrase {
        Phrase(
            "(cửa sổ hẹp nên ẩn các cột: \(names); mở rộng cửa sổ hoặc dùng --format json)",
            "(narrow window, columns left out: \(names); widen it or use --format json)")
    }
}

/// The widths that the chosen columns of a table get.
private struct Layout {
    static let gap = 2

    let columns: [Int]
    let widths: [Int]
    let fits: Bool

    init(_ table: Table, _ columns: [Int], within limit: Int?) {
        self.columns = columns
        var widths = columns.map { index in
            let cells = table.rows.map { index < $0.count ? Width.of($0[index].text) : 0 }
            return max(Width.of(table.columns[index].title), cells.max() ?? 0)
        }
        guard let limit else {
            (self.widths, fits) = (widths, true)
            return
        }
        let least = zip(columns, widths).map { min(table.columns[$0].wrapsTo ?? $1, $1) }
        var excess = widths.reduce(0, +) + Layout.gap * max(0, columns.count - 1) - limit
        while excess > 0 {
            let roomy = widths.indices.filter { widths[$0] > least[$0] }
            guard let widest = roomy.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
            excess -= 1
        }
        (self.widths, fits) = (widths, excess <= 0)
    }
}

extension String {
    fileprivate var trimmingTrailingSpaces: String {
        var view = self[...]
        while view.last == " " { view.removeLast() }
        return String(view)
    }
}
