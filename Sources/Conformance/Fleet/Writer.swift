import Glibc

/// A process that writes to a store and says what is kept, read line by line through a pipe.
final class Writer {
    let processID: Int32
    private let output: Int32
    private var partial: [UInt8] = []
    private(set) var hasEnded = false
    /// The last group of its name that it found, and how many were torn.
    private(set) var found: (last: Int, torn: Int)?
    /// The last group that it called kept.
    private(set) var acknowledged = 0
    private(set) var isDone = false
    /// What it said of a failure.
    private(set) var problem: String?

    init(_ program: String, store: String, name: String, count: Int? = nil) throws(Verdict) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .failed("no pipe: errno \(errno)") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[1]) }
        let number = count.map(String.init) ?? ""
        processID = try ProcessTable.start(
            "exec '\(program)' '\(store)' '\(name)' \(number)", output: ends[1])
        output = ends[0]
    }

    deinit { close(output) }

    /// Reads what is there, for at most so long, or until the condition holds.
    func read(for limit: Duration, until done: () -> Bool = { false }) {
        let clock = ContinuousClock()
        let end = clock.now + limit
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while !hasEnded, !done() {
            let left = end - clock.now
            if left <= .zero { return }
            var entry = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
            guard poll(&entry, 1, left.pollMilliseconds) > 0 else { continue }
            let count = Glibc.read(output, &chunk, chunk.count)
            if count <= 0 { hasEnded = true }
            for byte in chunk[..<max(0, count)] { take(byte) }
        }
    }

    private func take(_ byte: UInt8) {
        guard byte == 0x0A else { return partial.append(byte) }
        let words = String(decoding: partial, as: UTF8.self).split(separator: " ")
        partial = []
        switch words.first {
        case "have" where words.count == 4:
            found = (Int(words[1]) ?? -1, Int(words[3]) ?? -1)
        case "ack" where words.count == 2: acknowledged = Int(words[1]) ?? acknowledged
        case "done": isDone = true
        default: problem = words.joined(separator: " ")
        }
    }

    /// Kills it and takes in what it had still said.
    func kill() {
        Glibc.kill(processID, SIGKILL)
        read(for: .seconds(10))
        var status: Int32 = 0
        waitpid(processID, &status, 0)
    }

    /// Waits for its own end; gives the exit status.
    func finish(within limit: Duration) -> Int32 {
        read(for: limit)
        var status: Int32 = 0
        if !hasEnded { Glibc.kill(processID, SIGKILL) }
        waitpid(processID, &status, 0)
        return status
    }
}
