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
