internal import Dispatch
internal import Glibc
internal import Wire

/// The wait for bytes of an import that its client still sends; it ends when the import does.
struct Arrival: Sendable {
    enum Limits {
        /// Milliseconds without a new byte after which the client is taken to be gone.
        static let silence = 10_000
        /// Microseconds between two looks.
        static let poll: UInt32 = 1_000
    }

    /// Knows whether the caller still waits.
    let progress: ImportProgress
    var silence = Limits.silence

    /// Returns once so many bytes of a part of that size are there; blocks its thread.
    func wait(for part: String, _ wanted: UInt64, of size: UInt64) throws {
        var there = SpoolPart.size(part)
        var looks = 0
        while there < wanted {
            try progress.goOn()
            guard looks * Int(Limits.poll) < silence * 1_000 else {
                throw Spool.Problem(
                    kind: .incomplete, message: "\(there) of \(size) bytes are there")
            }
            usleep(Limits.poll)
            looks += 1
            let now = SpoolPart.size(part)
            if now > there { looks = 0 }
            there = now
        }
    }
}

/// Looks whether the bytes that came are those announced, and keeps them, on a thread of its own while the rows
/// are already applied.
struct ArrivalCheck: Sendable {
    let files: [OfferedFile]
    let importID: String
    let spool: Spool
    /// The bytes were hashed as they came.
    var isHashed = false
    /// The files stay, under their digests.
    let keeps: Bool

    private static let queue = DispatchQueue(
        label: "caodiem.ingestion.check", attributes: .concurrent)

    func run() async throws {
        try await withCheckedThrowingContinuation { continuation in
            ArrivalCheck.queue.async { continuation.resume(with: Result { try self.look() }) }
        }
    }

    private func look() throws {
        for file in files where !isHashed {
            guard try spool.sha256(importID, file: file.part, size: file.size) == file.sha256 else {
                throw Failure(
                    .dataLoss, "\(file.name): the bytes that came are not those announced",
                    field: "sha256", hint: "begin again; the file may have changed meanwhile")
            }
        }
        if keeps { try spool.keepOriginals(files, importID) }
    }
}
