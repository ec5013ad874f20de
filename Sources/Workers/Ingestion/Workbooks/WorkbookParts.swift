internal import CWorkbook

/// The small parts of a workbook: which sheets it has, and which styles show days.
struct WorkbookParts {
    private(set) var sheets: [Workbook.Sheet] = []
    private(set) var uses1904 = false
    private(set) var dayStyles: [Bool] = []
    private(set) var stringsPart: String?

    private let archive: OpaquePointer
    private let limits: WorkbookLimits

    init(_ archive: OpaquePointer, _ limits: WorkbookLimits) throws {
        self.archive = archive
        self.limits = limits
        let roots = try relations(of: "_rels/.rels", base: "")
        let main = roots.first { $0.type == "officeDocument" }?.part ?? "xl/workbook.xml"
        guard cw_archive_find(archive, main) >= 0 else {
            throw limits.problem(cw_missing_part, part: main)
        }
        let folder = main.split(separator: "/").dropLast().joined(separator: "/")
        let name = main.split(separator: "/").last.map(String.init) ?? main
        let relations = try relations(
            of: (folder.isEmpty ? "" : folder + "/") + "_rels/\(name).rels", base: folder)
        // Some programs name the part although the workbook has no text.
        stringsPart = relations.first { $0.type == "sharedStrings" }
            .map(\.part).flatMap { cw_archive_find(archive, $0) >= 0 ? $0 : nil }
        if let styles = relations.first(where: { $0.type == "styles" })?.part {
            try readStyles(styles)
        }
        try readSheets(main, relations)
    }

    private struct Relation {
        var id: String
        /// Last word of the type's address, which strict and transitional files share.
        var type: String
        var part: String
    }

    private func relations(of part: String, base: String) throws -> [Relation] {
        guard cw_archive_find(archive, part) >= 0 else { return [] }
        var found: [Relation] = []
        try walk(part) { name, attributes in
            guard name == "Relationship", attributes["TargetMode"] != "External",
                let target = attributes["Target"]
            else { return }
            let type = (attributes["Type"] ?? "").split(separator: "/").last ?? ""
            found.append(
                Relation(
                    id: attributes["Id"] ?? "", type: String(type),
                    part: WorkbookParts.resolved(target, base)))
        }
        return found
    }

    /// `worksheets/sheet1.xml`, `/xl/worksheets/sheet1.xml` and `../sheet1.xml` seen from a folder.
    private static func resolved(_ target: String, _ base: String) -> String {
        if target.hasPrefix("/") { return String(target.dropFirst()) }
        var path = base.split(separator: "/")
        for step in target.split(separator: "/") where step != "." {
            if step == ".." { _ = path.popLast() } else { path.append(step) }
        }
        return path.joined(separator: "/")
    }

    private mutating func readSheets(_ main: String, _ relations: [Relation]) throws {
        var (sheets, uses1904): ([Workbook.Sheet], Bool) = ([], false)
        try walk(main) { name, attributes in
            if name == "workbookPr" {
                uses1904 = ["1", "true", "on"].contains(attributes["date1904"] ?? "")
            } else if name == "sheet", let title = attributes["name"],
                let relation = relations.first(where: { $0.id == attributes["id"] }),
                relation.type == "worksheet"
            {
                let state = attributes["state"] ?? "visible"
                sheets.append(
                    Workbook.Sheet(name: title, isHidden: state != "visible", part: relation.part))
            }
        }
        guard sheets.count <= limits.sheets else {
            throw TableProblem(
                .tooLarge, Message(.tooManySheets, ["limit": "\(limits.sheets)"]),
                hint: Message(.splitWorkbook))
        }
        self.sheets = sheets
        self.uses1904 = uses1904
    }

    private mutating func readStyles(_ part: String) throws {
        guard cw_archive_find(archive, part) >= 0 else { return }
        var formats: [Int: Bool] = [:]
        var days: [Bool] = []
        var isInCells = false
        try walk(part) { name, attributes in
            switch name {
            case "numFmt":
                if let id = attributes["numFmtId"].flatMap({ Int($0) }) {
                    formats[id] = WorkbookParts.showsDay(attributes["formatCode"] ?? "")
                }
            case "cellXfs": isInCells = true
            case "xf" where isInCells:
                let id = attributes["numFmtId"].flatMap { Int($0) } ?? 0
                days.append(formats[id] ?? WorkbookParts.builtInDays.contains(id))
            case "cellStyles", "dxfs": isInCells = false
            default: break
            }
        }
        dayStyles = days
    }

    /// Formats that every spreadsheet knows without naming them.
    private static let builtInDays: Set<Int> = Set([14, 15, 16, 17, 22]).union(27...36).union(
        50...58)

    /// Whether a number format shows a day: it has a year or a day of the month outside quotes and brackets.
    static func showsDay(_ code: String) -> Bool {
        var plain = ""
        var rest = code[...]
        while let first = rest.first {
            rest.removeFirst()
            switch first {
            case "\"": rest = rest.drop { $0 != "\"" }.dropFirst()
            case "[": rest = rest.drop { $0 != "]" }.dropFirst()
            case "\\", "_", "*": rest = rest.dropFirst()
            default: plain.append(first)
            }
        }
        let letters = plain.lowercased()
        if letters.contains("general") || letters.contains("#") { return false }
        return letters.contains("y") || letters.contains("d") && !letters.contains("0")
    }

    private typealias Start = (String, [String: String]) -> Void

    private final class Walk {
        let start: Start
        init(_ start: @escaping Start) { self.start = start }
    }

    private func walk(_ part: String, _ start: @escaping Start) throws {
        let walk = Walk(start)
        let status = withExtendedLifetime(walk) {
            cw_walk(
                archive, cw_archive_find(archive, part), limits.smallPart,
                Unmanaged.passUnretained(walk).toOpaque(),
                { context, name, attributes in
                    guard let context, let name, let attributes else { return }
                    var named: [String: String] = [:]
                    var place = 0
                    while let key = attributes[place], let value = attributes[place + 1] {
                        let key = String(cString: key)
                        named[key.split(separator: ":").last.map(String.init) ?? key] =
                            String(cString: value)
                        place += 2
                    }
                    Unmanaged<Walk>.fromOpaque(context).takeUnretainedValue()
                        .start(String(cString: name), named)
                }, { _, _ in })
        }
        guard status == cw_ok else { throw limits.problem(status, part: part) }
    }
}
