import Rules
import Store
import Testing
import Wire

@testable import IngestionWorker

/// The rows of a text, read in chunks of the given size; each row with its line.
func rows(_ text: String, chunk: Int = 1 << 16) throws -> [(line: Int, cells: [String])] {
    try rows(Array(text.utf8), chunk: chunk)
}

func rows(_ bytes: [UInt8], chunk: Int = 1 << 16) throws -> [(line: Int, cells: [String])] {
    var position = 0
    var reader = CSVReader {
        guard position < bytes.count else { return nil }
        let end = min(position + chunk, bytes.count)
        defer { position = end }
        return Array(bytes[position..<end])
    }
    var found: [(line: Int, cells: [String])] = []
    var row = TableRow()
    while try reader.next(into: &row) {
        found.append((row.line, (0..<row.count).map { row.text($0) }))
    }
    return found
}

@Suite struct CSVReaderTests {
    struct Case: Sendable {
        let text: String
        let cells: [[String]]
        let lines: [Int]
    }

    static let cases = [
        Case(text: "", cells: [], lines: []),
        Case(text: "a,b", cells: [["a", "b"]], lines: [1]),
        Case(text: "a,b\n", cells: [["a", "b"]], lines: [1]),
        Case(text: "a,b\r\n1,2\r\n", cells: [["a", "b"], ["1", "2"]], lines: [1, 2]),
        Case(text: "a,b\r1,2", cells: [["a", "b"], ["1", "2"]], lines: [1, 2]),
        Case(text: "a,,\n,,", cells: [["a", "", ""], ["", "", ""]], lines: [1, 2]),
        Case(text: "\"a,b\",c", cells: [["a,b", "c"]], lines: [1]),
        Case(text: "\"a\"\"b\"", cells: [["a\"b"]], lines: [1]),
        Case(text: "x\"y,z", cells: [["x\"y", "z"]], lines: [1]),
        Case(text: "\"a\nb\",c\nd,e", cells: [["a\nb", "c"], ["d", "e"]], lines: [1, 3]),
        Case(text: "a\n\nb\n", cells: [["a"], [""], ["b"]], lines: [1, 2, 3]),
        Case(
            text: "a;b;c\n1,5;2;3", cells: [["a", "b", "c"], ["1,5", "2", "3"]], lines: [1, 2]),
        Case(text: "a\tb\n1\t2", cells: [["a", "b"], ["1", "2"]], lines: [1, 2]),
        Case(text: "\u{FEFF}a,b\n1,2", cells: [["a", "b"], ["1", "2"]], lines: [1, 2]),
        Case(text: "Số,Tên\n1,Nguyễn", cells: [["Số", "Tên"], ["1", "Nguyễn"]], lines: [1, 2]),
    ]

    /// The separator is looked for in the first chunk, which is 256 KiB.
    static let casesOfSeveralLines = [
        Case(text: "sep=;\na;b\n1,5;2", cells: [["a", "b"], ["1,5", "2"]], lines: [2, 3]),
        Case(text: "SEP=\t\r\na\tb", cells: [["a", "b"]], lines: [2]),
        Case(
            text: "Danh sách;;\n\na;b;c\n1,2;3,4;5,6",
            cells: [["Danh sách", "", ""], [""], ["a", "b", "c"], ["1,2", "3,4", "5,6"]],
            lines: [1, 2, 3, 4]),
    ]

    @Test func theSeparatorIsFoundUnderTitles() throws {
        for one in CSVReaderTests.casesOfSeveralLines {
            let whole = try rows(one.text)
            #expect(whole.map(\.cells) == one.cells)
            #expect(whole.map(\.line) == one.lines)
        }
    }

    @Test(arguments: cases.indices) func readsEachForm(_ index: Int) throws {
        let one = CSVReaderTests.cases[index]
        let whole = try rows(one.text)
        #expect(whole.map(\.cells) == one.cells)
        #expect(whole.map(\.line) == one.lines)
    }

    /// However the bytes arrive, the rows are the same; the first chunk holds the heading.
    @Test(arguments: cases.indices) func chunksDoNotMatter(_ index: Int) throws {
        let one = CSVReaderTests.cases[index]
        let whole = try rows(one.text)
        for chunk in 8...12 {
            let split = try rows(one.text, chunk: chunk)
            #expect(split.map(\.cells) == whole.map(\.cells), "chunks of \(chunk)")
        }
    }

    @Test func rubbishIsNamed() throws {
        let cases: [([UInt8], TableProblem.Kind, Int)] = [
            (Array("a,b\n1,\0".utf8), .badFile, 2),
            (Array("a,b\n1,\"2\n3".utf8), .badFile, 2),
            (Array(String(repeating: "x", count: TableLimits.row + 1).utf8), .tooLarge, 1),
            (Array(String(repeating: ",", count: 300).utf8), .tooLarge, 1),
        ]
        for (bytes, kind, line) in cases {
            let problem = #expect(throws: TableProblem.self) { _ = try rows(bytes) }
            #expect(problem?.kind == kind)
            #expect(problem?.line == line)
            #expect(problem?.hint != nil)
        }
    }
}
