import Wire

/// The errors and warnings of an import as a table that a spreadsheet opens.
enum FindingsCSV {
    /// UTF-8 with a byte order mark and CRLF, so that Excel reads Vietnamese rightly; the columns
    /// are file, line, column, code, message, found, hint, severity, sheet, cell, expected.
    static func text(_ files: [(path: String, result: IngestionV1.FileResult)]) -> String {
        var rows = [
            [
                "file", "line", "column", "code", "message", "found", "hint", "severity", "sheet",
                "cell", "expected",
            ]
        ]
        for file in files {
            rows += file.result.errors.map { row(file.path, $0, "error") }
            rows += file.result.warnings.map { row(file.path, $0, "warning") }
        }
        return "\u{FEFF}" + rows.map { $0.map(quoted).joined(separator: ",") + "\r\n" }.joined()
    }

    private static func row(
        _ path: String, _ finding: IngestionV1.Finding, _ severity: String
    ) -> [String] {
        [
            path, finding.line == 0 ? "" : String(finding.line), finding.column, finding.code,
            finding.message, harmless(finding.found), finding.hint, severity,
            finding.sheet, finding.cell, finding.expected,
        ]
    }

    /// A cell that a spreadsheet would run as a formula is marked as text.
    private static func harmless(_ cell: String) -> String {
        guard let first = cell.unicodeScalars.first else { return cell }
        return "=+-@\t\r".unicodeScalars.contains(first) ? "'" + cell : cell
    }

    private static func quoted(_ cell: String) -> String {
        let special = cell.unicodeScalars.contains { "\",\n\r;".unicodeScalars.contains($0) }
        guard special || cell.first == " " || cell.last == " " else { return cell }
        return "\""
            + cell.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"\"") + "\""
    }
}
