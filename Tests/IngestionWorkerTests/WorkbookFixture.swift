import CZip
import Foundation

/// Builds .xlsx files part by part, sound ones and others.
struct WorkbookFixture {
    var parts: [(name: String, bytes: [UInt8])] = []

    private static let head = #"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#
    static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    static let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    static let strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    static let strictRelations = "http://purl.oclc.org/ooxml/officeDocument/relationships"

    struct Sheet {
        var name: String
        var state = "visible"
        /// What stands in the sheet's part.
        var body: String
    }

    /// - Parameters:
    ///   - strings: the shared strings, each what stands inside its `si`.
    ///   - formats: number formats of the cell styles 1, 2 …
    ///   - properties: attributes of `workbookPr`.
    init(
        _ sheets: [Sheet], strings: [String]? = nil, formats: [String] = [],
        properties: String = "", isStrict: Bool = false, prefix: String = ""
    ) {
        let main = isStrict ? WorkbookFixture.strict : WorkbookFixture.main
        let relations = isStrict ? WorkbookFixture.strictRelations : WorkbookFixture.relations
        add(
            "_rels/.rels",
            "<Relationships><Relationship Id='r1' Type='\(relations)/officeDocument' Target='/xl/workbook.xml'/></Relationships>"
        )
        var list = ""
        var links =
            "<Relationship Id='s1' Type='\(relations)/sharedStrings' Target='sharedStrings.xml'/>"
            + "<Relationship Id='s2' Type='\(relations)/styles' Target='styles.xml'/>"
        for (index, sheet) in sheets.enumerated() {
            let number = index + 1
            list +=
                "<sheet name='\(sheet.name)' sheetId='\(number)' state='\(sheet.state)' r:id='w\(number)'/>"
            links +=
                "<Relationship Id='w\(number)' Type='\(relations)/worksheet' Target='worksheets/sheet\(number).xml'/>"
            add("xl/worksheets/sheet\(number).xml", sheet.body)
        }
        add(
            "xl/workbook.xml",
            "<workbook xmlns='\(main)' xmlns:r='\(relations)'><workbookPr \(properties)/><sheets>\(list)</sheets></workbook>"
        )
        add("xl/_rels/workbook.xml.rels", "<Relationships>\(links)</Relationships>")
        if let strings {
            add(
                "xl/sharedStrings.xml",
                "<sst xmlns='\(main)'>"
                    + strings.map { "<si>\($0)</si>" }.joined() + "</sst>")
        }
        let numbers = formats.enumerated().map {
            "<numFmt numFmtId='\($0 + 164)' formatCode='\($1)'/>"
        }
        let styles = formats.indices.map { "<xf numFmtId='\($0 + 164)'/>" }
        add(
            "xl/styles.xml",
            "<styleSheet xmlns='\(main)'><numFmts>\(numbers.joined())</numFmts><cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs><xf numFmtId='0'/>\(styles.joined())</cellXfs></styleSheet>"
        )
    }

    /// A sheet of inline strings.
    static func sheet(_ rows: [[String]], name: String = "Cam kết") -> Sheet {
        let body = rows.enumerated().map { index, cells in
            "<row r='\(index + 1)'>"
                + cells.map { "<c t='inlineStr'><is><t>\($0)</t></is></c>" }.joined() + "</row>"
        }
        return Sheet(name: name, body: data(body.joined()))
    }

    static func data(_ rows: String, after: String = "", isStrict: Bool = false) -> String {
        "<worksheet xmlns='\(isStrict ? strict : main)'><sheetData>\(rows)</sheetData>\(after)</worksheet>"
    }

    mutating func add(_ name: String, _ text: String) {
        parts.append((name, Array((WorkbookFixture.head + text).utf8)))
    }

    mutating func replace(_ name: String, _ text: String) {
        parts.removeAll { $0.name == name }
        parts.append((name, Array(text.utf8)))
    }

    /// The zip's bytes.
    func bytes() throws -> [UInt8] {
        let path = NSTemporaryDirectory() + "/fixture-\(UUID().uuidString).xlsx"
        defer { try? FileManager.default.removeItem(atPath: path) }
        var code: Int32 = 0
        guard let zip = zip_open(path, ZIP_CREATE | ZIP_EXCL, &code) else {
            throw CocoaError(.fileWriteUnknown)
        }
        for part in parts {
            // libzip frees it.
            let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, part.bytes.count))
            copy.initialize(from: part.bytes, count: part.bytes.count)
            let source = zip_source_buffer(zip, copy, UInt64(part.bytes.count), 1)
            guard zip_file_add(zip, part.name, source, UInt32(ZIP_FL_ENC_UTF_8)) >= 0 else {
                throw CocoaError(.fileWriteUnknown)
            }
        }
        guard zip_close(zip) == 0 else { throw CocoaError(.fileWriteUnknown) }
        return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }
}
