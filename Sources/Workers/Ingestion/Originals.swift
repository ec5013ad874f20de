internal import Foundation

/// The files of applied imports as they came, each under its digest; two imports of the same bytes share one.
struct Originals: Sendable {
    /// Folder of the spool, on whose file system the originals are.
    let spool: String

    private var folder: String { "\(spool)/originals" }

    /// - Parameter sha256: 64 lower-case hex digits; nil when it is nothing of the sort.
    private func path(_ sha256: String) -> String? {
        guard sha256.utf8.count == 64,
            sha256.utf8.allSatisfy({
                (0x30...0x39).contains($0) || (0x61...0x66).contains($0)
            })
        else { return nil }
        return "\(folder)/\(sha256)"
    }

    /// Keeps a spooled part; one that is kept already stays as it is.
    func keep(_ part: String, sha256: String) throws {
        guard let target = path(sha256) else {
            throw Spool.Problem(kind: .disk, message: "“\(sha256.prefix(64))” is no digest")
        }
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            if FileManager.default.fileExists(atPath: target) { return }
            if !FileManager.default.fileExists(atPath: part) {
                _ = FileManager.default.createFile(
                    atPath: target, contents: nil, attributes: [.posixPermissions: 0o600])
                return
            }
            if let handle = FileHandle(forUpdatingAtPath: part) {
                defer { try? handle.close() }
                try handle.synchronize()
            }
            try FileManager.default.linkItem(atPath: part, toPath: target)
        } catch {
            // Another import of the same bytes may have been first.
            if FileManager.default.fileExists(atPath: target) { return }
            throw Spool.Problem(kind: .disk, message: "cannot keep the imported file: \(error)")
        }
    }

    /// Drops a file that no import came of.
    func drop(_ sha256: String) {
        guard let target = path(sha256) else { return }
        try? FileManager.default.removeItem(atPath: target)
    }

    /// Hands out the bytes chunk by chunk; nil when nothing of that digest is kept.
    func reader(_ sha256: String) -> (() throws -> [UInt8]?)? {
        guard let target = path(sha256), let handle = FileHandle(forReadingAtPath: target) else {
            return nil
        }
        return {
            guard let data = try handle.read(upToCount: Spool.Limits.chunk), !data.isEmpty else {
                return nil
            }
            return Array(data)
        }
    }
}
