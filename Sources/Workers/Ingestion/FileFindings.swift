internal import Wire

/// The errors and warnings of one file: bounded, with a count of the rest.
struct FileFindings {
    enum Limits {
        /// Findings of each sort that are listed for one file.
        static let listed = 200
        /// Characters of a cell that are shown.
        static let found = 60
    }

    private(set) var errors: [IngestionV1.Finding] = []
    private(set) var warnings: [IngestionV1.Finding] = []
    private(set) var moreErrors: UInt64 = 0
    private(set) var moreWarnings: UInt64 = 0

    var hasErrors: Bool { !errors.isEmpty }
    var errorCount: UInt64 { UInt64(errors.count) + moreErrors }

    mutating func error(
        _ code: String, line: Int, column: String = "", found: String = "", _ message: String,
        hint: String = ""
    ) {
        guard errors.count < Limits.listed else {
            moreErrors += 1
            return
        }
        errors.append(finding(code, line, column, found, message, hint))
    }

    mutating func warning(
        _ code: String, line: Int, column: String = "", found: String = "", _ message: String,
        hint: String = ""
    ) {
        guard warnings.count < Limits.listed else {
            moreWarnings += 1
            return
        }
        warnings.append(finding(code, line, column, found, message, hint))
    }

    /// Takes in what another look at the same file found; the lists stay in the order of lines and bounded.
    mutating func merge(_ other: FileFindings) {
        (errors, moreErrors) = FileFindings.merged(
            (errors, moreErrors), (other.errors, other.moreErrors))
        (warnings, moreWarnings) = FileFindings.merged(
            (warnings, moreWarnings), (other.warnings, other.moreWarnings))
    }

    private typealias Listed = (findings: [IngestionV1.Finding], more: UInt64)

    private static func merged(_ one: Listed, _ other: Listed) -> Listed {
        // Stable: of one line, what stands in the first list comes first.
        let all = (other.findings + one.findings).enumerated()
            .sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }
            .map(\.element)
        let rest = UInt64(max(0, all.count - Limits.listed))
        return (Array(all.prefix(Limits.listed)), one.more + other.more + rest)
    }

    private func finding(
        _ code: String, _ line: Int, _ column: String, _ found: String, _ message: String,
        _ hint: String
    ) -> IngestionV1.Finding {
        .with {
            $0.line = UInt64(line)
            $0.column = column
            $0.code = code
            $0.message = message
            $0.hint = hint
            $0.found =
                found.count > Limits.found ? String(found.prefix(Limits.found)) + "…" : found
        }
    }
}
