import Testing

@testable import AdminCommands

/// Files and folders that are not there.
struct FakeDisk: Disk {
    private let folders: [String: [String]]

    init(_ folders: [String: [String]] = [:]) { self.folders = folders }

    func entry(at path: String) throws(Trouble) -> DiskEntry {
        folders[path].map(DiskEntry.folder) ?? .file
    }
}

@Suite("Files of an import")
struct ImportSelectionTests {
    private func trouble(
        _ paths: [String], kind: String? = nil, _ folders: [String: [String]] = [:]
    ) throws -> Trouble {
        try #require(throws: Trouble.self) {
            _ = try ImportSelection(paths, kind: kind, on: FakeDisk(folders))
        }
    }

    @Test("a CSV's kind is its base name, in either spelling")
    func kinds() throws {
        let selection = try ImportSelection(
            [
                "d/cases.csv", "PAYMENTS.CSV", "Đấu giá.csv",
                "Đa\u{301}u".isEmpty ? "" : "units.csv",
            ],
            kind: nil, on: FakeDisk())
        #expect(selection.files.map(\.kind) == [.cases, .payments, .rounds, .units])
        #expect(selection.files[0].name == "cases.csv")
        #expect(selection.files[0].path == "d/cases.csv")
        #expect(ImportKind(named: "Đâ\u{301}u gia\u{301}") == .rounds)
        #expect(ImportKind.allCases.count == 28)
    }

    @Test("--kind says it for a file of any name")
    func forced() throws {
        let selection = try ImportSelection(["thang5.csv"], kind: "cases", on: FakeDisk())
        #expect(selection.files == [.init(path: "thang5.csv", kind: .cases)])
        let wrong = try trouble(["thang5.csv"], kind: "case")
        #expect(wrong.status == .usage)
        #expect(wrong.hint.contains("cases"))
        #expect(try trouble(["d"], kind: "cases", ["d": ["cases.csv"]]).status == .usage)
    }

    @Test("an unknown base name names the kinds and the nearest one")
    func unknown() throws {
        let error = try trouble(["paymets.csv"])
        #expect(error.status == .usage)
        #expect(error.message.contains("paymets"))
        #expect(error.hint.contains("có phải payments?"))
        #expect(error.hint.contains("violations"))
        #expect(try !trouble(["bangluong.csv"]).hint.contains("có phải"))
        #expect(try trouble(["cases.txt"]).status == .usage)
    }

    @Test("a folder gives its files in order of kind and skips the others")
    func folder() throws {
        let selection = try ImportSelection(
            ["d"], kind: nil,
            on: FakeDisk([
                "d": ["plan.yaml", "cases.csv", "units.csv", "other.csv", "sub", ".cases.csv"]
            ]))
        #expect(selection.files.map(\.path) == ["d/units.csv", "d/cases.csv"])
        #expect(selection.skipped == ["d/other.csv", "d/plan.yaml", "d/sub"])
    }

    @Test("an empty folder is an error")
    func empty() throws {
        for names in [[], ["plan.yaml"]] {
            let error = try trouble(["d"], ["d": names])
            #expect(error.status == .failed)
            #expect(error.code == "EMPTY_FOLDER")
        }
    }

    @Test("a workbook says its kinds itself", arguments: ["cases.xlsx", "Sổ.XLSX", "a.xlsm"])
    func workbooks(name: String) throws {
        let selection = try ImportSelection([name], kind: nil, on: FakeDisk())
        #expect(selection.files == [.init(path: name, kind: nil)])
        #expect(try ImportSelection([name], kind: "cases", on: FakeDisk()).files[0].kind == .cases)
        let folder = try ImportSelection(
            ["d"], kind: nil, on: FakeDisk(["d": [name, "~$sổ.xlsx", "cases.csv"]]))
        #expect(folder.files.map(\.kind) == [.cases, nil])
    }

    @Test("old workbooks are refused by name", arguments: ["cases.xls", "sổ.XLSB", "a.ods"])
    func oldWorkbooks(name: String) throws {
        #expect(try trouble([name]).code == "BAD_FILE")
        #expect(try trouble([name]).message.contains(name))
        #expect(try trouble(["d"], ["d": [name, "cases.csv"]]).code == "BAD_FILE")
    }

    @Test("accents and signs of a name do not matter, and the map takes any name")
    func spellings() throws {
        for name in ["Viec thi hanh an.csv", "viec-thi-hanh-an.csv", "VIỆC THI HÀNH ÁN.csv"] {
            #expect(try ImportSelection([name], kind: nil, on: FakeDisk()).files[0].kind == .cases)
        }
        let map = try ImportSelection(
            ["thang 5.csv", "cases.csv"], kind: nil, asksFleet: true, on: FakeDisk())
        #expect(map.files.map(\.kind) == [nil, .cases])
    }
}
