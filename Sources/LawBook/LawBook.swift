internal import Digests
internal import FoundationEssentials
public import Rules
internal import StrictYAML

/// The law as data: dated, cited values in YAML files, one a subject, loaded whole or refused
/// whole.
///
/// docs/law-parameters.md says how the files are organised and how to change a value.
public enum LawBook {
    /// Files of one law book at most.
    static let maximumFiles = 100

    /// Folders of a law book whose files are no rules, but weigh or word answers; they are in its digest.
    private static let companions = ["casework", "import"]

    /// The law book of a folder's `*.yaml` files, with the consequences that its folder `casework` gives them.
    ///
    /// Throws everything that is wrong in all files together: unknown or missing keys, values that
    /// overlap or leave a gap, missing citations, instruments that are not listed, ids that stand
    /// twice.
    public static func load(directory: String) throws(LawBookError) -> LawTable {
        let files = try files(of: directory)
        var companions: [LawBookFile] = []
        for folder in LawBook.companions {
            companions += try LawBook.files(of: directory + "/" + folder).map {
                LawBookFile(name: folder + "/" + $0.name, bytes: $0.bytes)
            }
        }
        var table = try load(files: files, companions: companions)
        table.consequences = try ConsequenceFile.read(companions)
        return table
    }

    private static func files(of directory: String) throws(LawBookError) -> [LawBookFile] {
        let manager = FileManager.default
        let names: [String]
        do {
            names = try manager.contentsOfDirectory(atPath: directory)
        } catch {
            throw LawBookError([
                YAMLIssue(
                    file: directory, what: "the law book's folder cannot be read",
                    fix: "check the path and its permissions")
            ])
        }
        var files: [LawBookFile] = []
        for name in names where name.hasSuffix(".yaml") && !name.hasPrefix(".") {
            guard let data = manager.contents(atPath: directory + "/" + name) else {
                throw LawBookError([
                    YAMLIssue(
                        file: name, what: "the file cannot be read", fix: "check its permissions")
                ])
            }
            files.append(LawBookFile(name: name, bytes: [UInt8](data)))
        }
        return files
    }

    /// The law book of these files; their order does not matter.
    ///
    /// - Parameter companions: files that are no rules and belong to the digest.
    public static func load(
        files: [LawBookFile], companions: [LawBookFile] = []
    ) throws(LawBookError) -> LawTable {
        guard !files.isEmpty, files.count <= maximumFiles else {
            throw LawBookError([
                YAMLIssue(
                    file: "law book",
                    what: "it has \(files.count) files named *.yaml; 1 to \(maximumFiles) are read",
                    fix: "point to the folder that holds the law files")
            ])
        }
        let sorted = files.sorted(by: LawBookFile.precedes)
        var assembly = Assembly()
        for file in sorted {
            do {
                assembly.add(try StrictReader.read(file.bytes, name: file.name, as: .lawFile))
            } catch {
                assembly.add(error)
            }
        }
        return try assembly.table(
            digest: digest(of: (files + companions).sorted(by: LawBookFile.precedes)))
    }

    /// `sha256:` over each file's name, byte count and bytes, in order of name.
    private static func digest(of files: [LawBookFile]) -> String {
        var hasher = SHA256Hasher()
        for file in files {
            hasher.update(Array("\(file.name)\0\(file.bytes.count)\0".utf8))
            hasher.update(file.bytes)
        }
        return "sha256:" + hasher.hex()
    }
}

/// One file of a law book: its name within the book's folder, and its bytes.
public struct LawBookFile: Sendable {
    public let name: String
    public let bytes: [UInt8]

    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    fileprivate static func precedes(_ a: LawBookFile, _ b: LawBookFile) -> Bool {
        a.name.utf8.lexicographicallyPrecedes(b.name.utf8)
    }
}
