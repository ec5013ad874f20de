internal import Foundation
internal import Wire

/// A workbook that was written, on its way to the client.
enum WorkbookFile {
    /// Hands the file's bytes out, chunk by chunk.
    static func send(
        _ path: String, _ send: ([UInt8]) async throws(Failure) -> Void
    ) async throws(Failure) {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw Failure(.internal, "the workbook that was written cannot be read")
        }
        defer { try? handle.close() }
        while let chunk = try? handle.read(upToCount: Spool.Limits.chunk), !chunk.isEmpty {
            try await send(Array(chunk))
        }
    }

    static func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }
}
