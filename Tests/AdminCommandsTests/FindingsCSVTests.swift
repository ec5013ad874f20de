import Testing
import Wire

@testable import AdminCommands

@Suite("The table of findings")
struct FindingsCSVTests {
    @Test("errors, then warnings, as Excel reads them")
    func rows() {
        let text = FindingsCSV.text([("d/cases.csv", Samples.fileResult(errors: 1, warnings: 1))])
        let row =
            "d/cases.csv,3,decision_on,bad_date,không phải ngày,31/2/2021,viết dạng 31/05/2021,"
        let expected = [
            "\u{FEFF}file,line,column,code,message,found,hint,severity,sheet,cell,expected",
            row + "error,,,", row + "warning,,,", "",
        ].joined(separator: "\r\n")
        #expect(text.unicodeScalars.elementsEqual(expected.unicodeScalars))
    }

    @Test("quotes, commas and lines are kept in one cell; formulas stay text")
    func cells() {
        var file = IngestionV1.FileResult()
        var finding = IngestionV1.Finding()
        finding.code = "bad_value"
        finding.message = "a \"b\", c\r\nd"
        finding.found = "=HYPERLINK(1)"
        file.errors = [finding]
        let text = FindingsCSV.text([("x.csv", file)])
        #expect(
            text.contains("x.csv,,,bad_value,\"a \"\"b\"\", c\r\nd\",'=HYPERLINK(1),,error,,,\r\n"))
    }

    @Test("without findings only the heading")
    func none() {
        #expect(FindingsCSV.text([]).split(separator: "\r\n").count == 1)
    }
}
