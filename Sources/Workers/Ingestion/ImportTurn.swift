internal import Foundation
internal import Glibc

/// One import at a time, over all processes of a data folder: the turn is a lock on a file in the spool,
/// which a dead process leaves free.
enum ImportTurn {
    /// Between two looks whether the turn is free.
    static let poll: Duration = .milliseconds(20)

    /// Waits for the turn and holds it while `body` runs.
    static func take<Result>(
        _ folder: String, progress: ImportProgress, _ body: () async throws -> Result
    ) async throws -> Result {
        let path = "\(folder)/import.lock"
        let fd = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard fd >= 0 else {
            throw Spool.Problem(
                kind: .disk, message: "cannot open \(path): \(String(cString: strerror(errno)))")
        }
        defer { Glibc.close(fd) }
        while flock(fd, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else {
                throw Spool.Problem(
                    kind: .disk, message: "cannot lock \(path): \(String(cString: strerror(errno)))"
                )
            }
            try progress.at("waiting", done: 0, of: 0)
            try await Task.sleep(for: poll)
        }
        return try await body()
    }
}
