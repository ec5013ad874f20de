internal import Rules

/// Which column of a table is which column of its kind.
struct HeadingMap: Sendable {
    /// For each column of the kind, its place in the table; nil where the table does not have it.
    let places: [Int?]
    let present: [Bool]
    /// Columns of the heading: a CSV row with more has a separator too many.
    let width: Int
    /// Place of the column that numbers the rows.
    let numbersPlace: Int?

    /// Takes the heading that was found; what is wrong with it goes to `findings`, and nil comes back when it
    /// cannot serve.
    init?(_ layout: HeadingLayout, book: HeadingBook, findings: inout FileFindings) {
        let kind = layout.kind
        let words = book.words(of: kind)
        var places = [Int?](repeating: nil, count: kind.columns.count)
        var isUsable = true
        for column in layout.columns {
            let place = Place(line: layout.lastLine, column: column.heading, at: column.place)
            guard let field = column.field else {
                if column.isIgnored { continue }
                let message = Message(
                    .unknownColumn, ["heading": column.heading, "kind": kind.name])
                findings.warning(
                    "unknown_column", place, found: column.heading, message,
                    hint: HeadingMap.suggestion(column.heading, words, kind))
                continue
            }
            if places[field] != nil {
                findings.error(
                    "bad_file", place.named(kind.columns[field].name), found: column.heading,
                    Message(.doubleColumn, ["column": kind.columns[field].name]),
                    hint: Message(.keepOne))
                isUsable = false
            }
            places[field] = column.place
        }
        for (index, column) in kind.columns.enumerated()
        where column.isRequired && places[index] == nil {
            let heading = words.headings[index].first ?? column.name
            findings.error(
                "missing_column", Place(line: layout.lastLine, column: column.name),
                Message(.missingColumn, ["column": column.name, "heading": heading]),
                hint: Message(.addColumn))
            isUsable = false
        }
        guard isUsable else { return nil }
        self.places = places
        present = places.map { $0 != nil }
        width = (layout.columns.map(\.place).max() ?? -1) + 1
        numbersPlace = layout.columns.first(where: \.isIgnored)?.place
    }

    private static func suggestion(
        _ text: String, _ words: HeadingBook.KindWords, _ kind: ImportKind
    ) -> Message? {
        let names = zip(kind.columns, words.headings).flatMap { [$0.name] + $1 }
        return VietnameseText.nearest(to: text, among: names)
            .map { Message(.didYouMean, ["name": $0]) }
    }
}
