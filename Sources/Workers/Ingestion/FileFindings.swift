internal import Wire

/// Where in a table something was found.
struct Place {
    /// 1-based, the heading counts; 0 = the table as a whole.
    var line = 0
    /// Name of the column; empty where it is about a whole row.
    var column = ""
    /// Place of the cell in its row, from 0.
    var at: Int?

    func named(_ column: String) -> Place { Place(line: line, column: column, at: at) }

    /// The cell as a spreadsheet names it: `C5`.
    var cell: String {
        guard let at, line > 0 else { return "" }
        return Place.letters(at) + String(line)
    }

    /// `A`, `B` … `Z`, `AA` of a place from 0.
    static func letters(_ place: Int) -> String {
        var (name, rest) = ("", place + 1)
        while rest > 0 {
            name = String(UnicodeScalar(UInt8(65 + (rest - 1) % 26))) + name
            rest = (rest - 1) / 26
        }
        return name
    }
}

/// The errors and warnings of one table: bounded, with a count of the rest.
struct FileFindings {
    enum Limits {
        /// Findings of each sort that an answer lists for one table.
        static let listed = 200
        /// Findings of each sort that a workbook of errors marks, over all tables.
        static let marked = 10_000
        /// Characters of a cell that are shown.
        static let found = 60
    }

    private(set) var errors: [IngestionV1.Finding] = []
    private(set) var warnings: [IngestionV1.Finding] = []
    private(set) var moreErrors: UInt64 = 0
    private(set) var moreWarnings: UInt64 = 0
    /// How many of each sort are kept; the others are counted.
    var kept: Int
    private let language: MessageLanguage
    /// Sheet of the workbook that the table is; empty for CSV.
    private let sheet: String

    init(
        in language: MessageLanguage = .vi, sheet: String = "", keeping kept: Int = Limits.listed
    ) {
        self.language = language
        self.kept = kept
        self.sheet = sheet
    }

    var hasErrors: Bool { !errors.isEmpty }
    var errorCount: UInt64 { UInt64(errors.count) + moreErrors }

    mutating func error(
        _ code: String, _ place: Place, found: String = "", _ message: Message,
        expected: Message? = nil, hint: Message? = nil
    ) {
        guard errors.count < kept else {
            moreErrors += 1
            return
        }
        errors.append(finding(code, place, found, message, expected, hint))
    }

    mutating func warning(
        _ code: String, _ place: Place, found: String = "",
        severity: FindingTable.Severity = .warning, _ message: Message, hint: Message? = nil
    ) {
        guard warnings.count < kept else {
            moreWarnings += 1
            return
        }
        var warning = finding(code, place, found, message, nil, hint)
        warning.severity = severity.rawValue
        warnings.append(warning)
    }

    mutating func error(_ problem: TableProblem) {
        error(
            problem.kind.rawValue, Place(line: problem.line), problem.message, hint: problem.hint)
    }

    /// Takes in what another look at the same table found; the lists stay in the order of lines and bounded.
    mutating func merge(_ other: FileFindings) {
        (errors, moreErrors) = merged((errors, moreErrors), (other.errors, other.moreErrors))
        (warnings, moreWarnings) = merged(
            (warnings, moreWarnings), (other.warnings, other.moreWarnings))
    }

    /// Takes in the findings of another table of the same file, after those that are there.
    mutating func append(_ other: FileFindings) {
        for (list, more, from, fromMore) in [
            (\FileFindings.errors, \FileFindings.moreErrors, other.errors, other.moreErrors),
            (\.warnings, \.moreWarnings, other.warnings, other.moreWarnings),
        ] {
            let room = max(0, kept - self[keyPath: list].count)
            self[keyPath: list] += from.prefix(room)
            self[keyPath: more] += fromMore + UInt64(max(0, from.count - room))
        }
    }

    private typealias Listed = (findings: [IngestionV1.Finding], more: UInt64)

    private func merged(_ one: Listed, _ other: Listed) -> Listed {
        // Stable: of one line, what stands in the first list comes first.
        let all = (other.findings + one.findings).enumerated()
            .sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }
            .map(\.element)
        let rest = UInt64(max(0, all.count - kept))
        return (Array(all.prefix(kept)), one.more + other.more + rest)
    }

    private func finding(
        _ code: String, _ place: Place, _ found: String, _ message: Message, _ expected: Message?,
        _ hint: Message?
    ) -> IngestionV1.Finding {
        .with {
            $0.line = UInt64(place.line)
            $0.column = place.column
            $0.cell = place.cell
            $0.sheet = sheet
            $0.code = code
            $0.message = message.text(in: language)
            $0.expected = expected?.text(in: language) ?? ""
            $0.hint = hint?.text(in: language) ?? ""
            $0.found =
                found.count > Limits.found ? String(found.prefix(Limits.found)) + "…" : found
        }
    }
}
