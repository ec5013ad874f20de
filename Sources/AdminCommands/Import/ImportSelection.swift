/// The files of one import, found from what was typed.
struct ImportSelection: Hashable, Sendable {
    struct File: Hashable, Sendable {
        /// As the clerk knows it: the path typed, or the folder typed and the name in it.
        var path: String
        /// Nil where the file itself says it: a workbook by its sheets, any file of `import map`.
        var kind: ImportKind?

        /// The name without its folders; paths of a machine stay on it.
        var name: String { ImportSelection.name(of: path) }
    }

    var files: [File] = []
    /// Paths of a folder's other files, which are left alone.
    var skipped: [String] = []

    /// - Parameters:
    ///   - paths: files or folders, in the order typed.
    ///   - kind: what `--kind` says; for files only.
    ///   - asksFleet: a CSV of any name is taken; the fleet is to say what it is.
    ///   - disk: where they are looked up.
    init(
        _ paths: [String], kind: String?, asksFleet: Bool = false, on disk: some Disk
    ) throws(Trouble) {
        let forced = try kind.map { name throws(Trouble) in try Self.kind(named: name) }
        for path in paths {
            switch try disk.entry(at: path) {
            case .file: files.append(try Self.file(path, forced, asksFleet))
            case .folder(let names): try addFolder(path, names, forced)
            }
        }
        guard files.count <= Limits.importFiles else {
            throw .usage(SelectionText.tooMany(files.count), hint: SelectionText.tooManyHint)
        }
    }

    private mutating func addFolder(
        _ folder: String, _ names: [String], _ forced: ImportKind?
    ) throws(Trouble) {
        guard forced == nil else {
            throw .usage(SelectionText.kindForFolder, field: "--kind")
        }
        var found: [File] = []
        for name in names.sorted() where !name.hasPrefix(".") {
            let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
            if Self.isOldWorkbook(name) { throw Self.oldWorkbook(path) }
            if Self.isWorkbook(name) {
                // A spreadsheet's lock file begins so.
                if name.hasPrefix("~$") { continue }
                found.append(File(path: path, kind: nil))
                continue
            }
            guard let stem = Self.stem(ofCSV: name), let kind = ImportKind(named: stem) else {
                skipped.append(path)
                continue
            }
            found.append(File(path: path, kind: kind))
        }
        guard !found.isEmpty else {
            throw Trouble(
                .failed, code: "EMPTY_FOLDER", SelectionText.emptyFolder(folder).text,
                field: folder, hint: SelectionText.kindsHint.text)
        }
        let order = ImportKind.allCases
        let place = { (file: File) in
            file.kind.flatMap { order.firstIndex(of: $0) } ?? order.count
        }
        files += found.sorted { (place($0), $0.path) < (place($1), $1.path) }
    }

    private static func file(
        _ path: String, _ forced: ImportKind?, _ asksFleet: Bool
    ) throws(Trouble) -> File {
        let name = name(of: path)
        if isOldWorkbook(name) { throw oldWorkbook(path) }
        if let forced { return File(path: path, kind: forced) }
        if isWorkbook(name) { return File(path: path, kind: nil) }
        if asksFleet {
            return File(path: path, kind: stem(ofCSV: name).flatMap(ImportKind.init(named:)))
        }
        guard let stem = stem(ofCSV: name) else {
            throw .usage(
                SelectionText.noCSV(name), field: path, hint: SelectionText.kindOptionHint)
        }
        guard let kind = ImportKind(named: stem) else {
            throw .usage(
                SelectionText.unknownKind(stem), field: path,
                hint: SelectionText.nearest(ImportKind.nearest(to: stem)))
        }
        return File(path: path, kind: kind)
    }

    private static func kind(named name: String) throws(Trouble) -> ImportKind {
        guard let kind = ImportKind(named: name) else {
            throw .usage(
                SelectionText.unknownKind(name), field: "--kind",
                hint: SelectionText.nearest(ImportKind.nearest(to: name)))
        }
        return kind
    }

    private static func name(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    private static func stem(ofCSV name: String) -> String? {
        name.lowercased().hasSuffix(".csv") && name.count > 4 ? String(name.dropLast(4)) : nil
    }

    private static func isWorkbook(_ name: String) -> Bool {
        [".xlsx", ".xlsm"].contains { name.lowercased().hasSuffix($0) }
    }

    private static func isOldWorkbook(_ name: String) -> Bool {
        [".xls", ".xlsb", ".ods"].contains { name.lowercased().hasSuffix($0) }
    }

    private static func oldWorkbook(_ path: String) -> Trouble {
        Trouble(
            .failed, code: "BAD_FILE", SelectionText.oldWorkbook(name(of: path)).text,
            field: path, hint: SelectionText.saveAsXLSX.text)
    }
}

private enum SelectionText {
    static func tooMany(_ count: Int) -> Phrase {
        Phrase(
            "có \(count) tệp, quá \(Limits.importFiles) tệp một lần nhập",
            "\(count) files are more than the \(Limits.importFiles) of one import")
    }
    static let tooManyHint = Phrase("chia thành nhiều lần nhập", "split them into several imports")
    static let kindForFolder = Phrase(
        "--kind chỉ dùng cho tệp, không dùng cho thư mục",
        "--kind is for files, not for folders")
    static func emptyFolder(_ folder: String) -> Phrase {
        Phrase(
            "thư mục \(folder) không có tệp nào nhập được",
            "the folder \(folder) has no file to import")
    }
    static let kindsHint = Phrase(
        "nhập sổ .xlsx, hoặc tệp CSV có tên là một trong: \(ImportKind.allNames)",
        "import .xlsx workbooks, or CSV files named one of: \(ImportKind.allNames)")
    static let kindOptionHint = Phrase(
        "nếu là CSV thì nói rõ loại bằng --kind: \(ImportKind.allNames)",
        "if it is CSV, say its kind with --kind: \(ImportKind.allNames)")
    static func noCSV(_ name: String) -> Phrase {
        Phrase("\(name) không phải tệp .csv hay .xlsx", "\(name) is no .csv or .xlsx file")
    }
    static func unknownKind(_ name: String) -> Phrase {
        Phrase("không có loại dữ liệu “\(name)”", "there is no kind “\(name)”")
    }
    static func nearest(_ kind: ImportKind?) -> Phrase {
        let near = kind.map {
            Phrase("có phải \($0.rawValue)? ", "did you mean \($0.rawValue)? ").text
        }
        return Phrase(
            "\(near ?? "")Các loại: \(ImportKind.allNames); hoặc dùng --kind",
            "\(near ?? "")Kinds: \(ImportKind.allNames); or use --kind")
    }
    static func oldWorkbook(_ name: String) -> Phrase {
        Phrase(
            "\(name) không phải sổ Excel .xlsx",
            "\(name) is no .xlsx workbook")
    }
    static let saveAsXLSX = Phrase(
        "mở tệp bằng bảng tính và lưu lại dạng .xlsx, rồi nhập lại",
        "open it in a spreadsheet, save it as .xlsx, and import again")
}
