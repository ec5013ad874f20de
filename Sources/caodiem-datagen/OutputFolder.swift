import Datagen
import Foundation

/// Refusals that a person can act on.
struct OutputRefusal: Error, CustomStringConvertible {
    let description: String
}

/// The folder in the making: files go to a sibling and appear under their name all at once.
struct OutputFolder: TableSink {
    /// Marks a folder that this program made and may replace.
    private static let markName = ".caodiem-datagen"

    private enum Target {
        /// Nothing there, an empty folder, or one that this program made.
        case ours
        /// A folder with other files, which stay; only files of our names are replaced.
        case shared
    }

    private let target: URL
    private let staging: URL
    private let kind: Target
    private var handles: [TableKind: FileHandle] = [:]

    init(path: String, force: Bool) throws {
        target = URL(fileURLWithPath: path).standardizedFileURL
        staging = target.deletingLastPathComponent().appendingPathComponent(
            ".\(target.lastPathComponent).partial-\(ProcessInfo.processInfo.processIdentifier)")
        kind = try OutputFolder.judge(target, force: force)
        do {
            try FileManager.default.createDirectory(at: staging, withIntermediateDirectories: true)
        } catch {
            throw OutputRefusal(
                description: "Không tạo được thư mục cạnh \(target.path); "
                    + "hãy kiểm tra đường dẫn và quyền ghi.")
        }
        for table in TableKind.allCases {
            let file = staging.appendingPathComponent(table.fileName)
            guard FileManager.default.createFile(atPath: file.path, contents: nil) else {
                throw OutputRefusal(description: "Không tạo được tệp \(file.path).")
            }
            handles[table] = try FileHandle(forWritingTo: file)
        }
    }

    private static func judge(_ folder: URL, force: Bool) throws -> Target {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder) else {
            return .ours
        }
        guard isFolder.boolValue else {
            throw OutputRefusal(
                description: "\(folder.path) là một tệp; hãy chọn thư mục khác cho --out.")
        }
        let entries = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        let allowed = Set(TableKind.allCases.map(\.fileName) + [markName])
        if entries.isEmpty || (entries.contains(markName) && allowed.isSuperset(of: entries)) {
            return .ours
        }
        guard force else {
            throw OutputRefusal(
                description: "Thư mục \(folder.path) đã có tệp khác (\(entries.count) mục); "
                    + "hãy chọn thư mục trống, hoặc thêm --force để ghi đè các tệp trùng tên.")
        }
        return .shared
    }

    mutating func append(_ rows: [UInt8], to table: TableKind) throws {
        guard let handle = handles[table] else {
            throw OutputRefusal(description: "Tệp \(table.fileName) đã đóng.")
        }
        try handle.write(contentsOf: rows)
    }

    /// Closes the files and moves them to where they belong.
    mutating func publish(mark: String) throws {
        for table in TableKind.allCases { try handles.removeValue(forKey: table)?.close() }
        let files = FileManager.default
        switch kind {
        case .ours:
            try Data(mark.utf8).write(
                to: staging.appendingPathComponent(OutputFolder.markName))
            try replaceFolder(files)
        case .shared:
            for table in TableKind.allCases {
                let made = staging.appendingPathComponent(table.fileName)
                let place = target.appendingPathComponent(table.fileName)
                guard rename(made.path, place.path) == 0 else {
                    throw OutputRefusal(
                        description: "Không thay được tệp \(place.path); hãy kiểm tra quyền ghi.")
                }
            }
            try files.removeItem(at: staging)
        }
    }

    private func replaceFolder(_ files: FileManager) throws {
        guard files.fileExists(atPath: target.path) else {
            return try files.moveItem(at: staging, to: target)
        }
        let former = staging.appendingPathExtension("former")
        try files.moveItem(at: target, to: former)
        do {
            try files.moveItem(at: staging, to: target)
        } catch {
            try files.moveItem(at: former, to: target)
            throw error
        }
        try files.removeItem(at: former)
    }

    /// Removes what was begun.
    mutating func discard() {
        handles.removeAll()
        try? FileManager.default.removeItem(at: staging)
    }
}
