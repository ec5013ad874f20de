import Glibc

/// What of a data folder goes into a backup, and where it stands in both.
struct BackupFolder {
    /// The data folder.
    let path: String

    static let store = "store.sqlite"
    /// Of a piece of a continuous copy: pages of the store, each behind its number.
    static let pages = "pages"
    /// Folders of a backup: originals of imports, files of the data folder, the configuration.
    static let originals = "originals"
    static let folder = "folder"
    static let configuration = "config"

    static func isFolder(_ name: String) -> Bool {
        [originals, folder, configuration].contains(name)
    }

    var storePath: String { path + "/" + BackupFolder.store }
    var originalsPath: String { path + "/spool/originals" }

    init(_ path: String) throws {
        guard Files.isFolder(path) || Files.isFolder(path + "/.") else {
            throw OfflineProblem(
                "NOT_FOUND",
                Wording("không có thư mục dữ liệu \(path)", "there is no data folder \(path)"),
                place: path, remedy: Wording("kiểm tra --data", "check --data"),
                ending: .configuration)
        }
        self.path = path
    }

    /// Originals that are there as they came, and digests of those that are not.
    func originals(_ digests: [String]) throws -> (kept: [Manifest.File], missing: [String]) {
        var kept: [Manifest.File] = []
        var missing: [String] = []
        for digest in digests {
            let path = originalsPath + "/" + digest
            guard BackupFolder.isDigest(digest), Files.isFile(path),
                let found = try? Files.digest(of: path), found.sha256 == digest
            else {
                missing.append(digest)
                continue
            }
            kept.append(
                Manifest.File(
                    name: BackupFolder.originals + "/" + digest, size: found.size, sha256: digest))
        }
        return (kept, missing)
    }

    /// Files that stand in the data folder beside the store, e.g. a policy.
    func sideFiles() throws -> [(file: Manifest.File, path: String)] {
        try (Files.names(in: path) ?? []).filter { name in
            !name.hasPrefix(BackupFolder.store) && !name.hasPrefix(".")
                && name.utf8.count < Tar.longestName - BackupFolder.folder.utf8.count
                && Files.isFile(path + "/" + name)
        }.map { name in
            try BackupFolder.described(path + "/" + name, as: BackupFolder.folder + "/" + name)
        }
    }

    /// Files of the configuration, which stand where the operator put them.
    static func configuration(
        _ paths: [String]
    ) throws -> [(file: Manifest.File, path: String)] {
        var names: Set<String> = []
        return try paths.map { path in
            let name = Files.name(of: path)
            guard names.insert(name).inserted else {
                throw OfflineProblem(
                    "USAGE",
                    Wording("hai tệp cài đặt cùng tên \(name)", "two configurations named \(name)"),
                    place: path, ending: .usage)
            }
            return try described(path, as: configuration + "/" + name)
        }
    }

    private static func described(
        _ path: String, as name: String
    ) throws -> (file: Manifest.File, path: String) {
        let found = try Files.digest(of: path)
        return (Manifest.File(name: name, size: found.size, sha256: found.sha256), path)
    }

    /// A name for a copy in the clear that is needed for a while: beside `target`, or, of a sealed backup, in the data
    /// folder, since the place of the backup may be another's. Removes what a killed process left.
    func scratch(for target: String, isSealed: Bool) -> String {
        let prefix = ".copy."
        for name in Files.names(in: path) ?? [] where name.hasPrefix(prefix) {
            let pid = name.dropFirst(prefix.count).prefix { $0 != "." }
            if let pid = Int32(pid), kill(pid, 0) != 0, errno == ESRCH { unlink(path + "/" + name) }
        }
        return isSealed ? "\(path)/\(prefix)\(getpid()).store" : "\(target).\(getpid()).store"
    }

    static func isDigest(_ text: String) -> Bool {
        text.utf8.count == 64
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
