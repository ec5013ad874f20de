/// Every bound that the commands keep.
enum Limits {
    /// Bytes of a file read and sent at once; the protocol's own bound for a chunk.
    static let chunkBytes = 256 * 1024
    /// Bytes of a chunk left for the rest of its message.
    static let chunkOverhead = 1024
    /// Largest plan file.
    static let planBytes = 1024 * 1024
    /// Files of one import.
    static let importFiles = 64
    /// Seconds a call may take unless `--timeout` says otherwise.
    static let callSeconds = 30
    /// Seconds a commit may take: a million rows on a slow disk.
    static let commitSeconds = 3600
    /// Seconds an import goes on after the fleet was lost.
    static let resumeSeconds = 60
    /// Bytes of an import from which on it is applied while it is still sent.
    static let overlappedBytes: UInt64 = 2 * 1024 * 1024
    /// Times an import is begun or checked again because the fleet lost what was sent.
    static let importSetbacks = 3
    /// Seconds a read goes on while its worker restarts.
    static let readRetrySeconds = 10
    /// Milliseconds between two looks at a fleet that is starting.
    static let pollMilliseconds: Int64 = 200
    /// First and longest wait before another try, in milliseconds.
    static let firstBackoffMilliseconds: Int64 = 100
    static let longestBackoffMilliseconds: Int64 = 3000
    /// Bytes of the JSON that `call` sends.
    static let callJSONBytes = 16 * 1024 * 1024
    /// Files of definitions that are asked for by name.
    static let reflectedFiles = 1000
    /// Items of one streamed answer.
    static let streamItems = 2_000_000
    /// Errors shown for one file in text; `--errors` has all that the fleet lists.
    static let shownFindings = 20
    /// Warnings shown for one file in text.
    static let shownWarnings = 5
    static let paragraphColumns = 100
    static let usualColumns = 80
    static let leastColumns = 20
    /// Columns that a value needs to stand beside its label.
    static let leastValueColumns = 14
}
