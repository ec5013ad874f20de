import Glibc
import Synchronization

/// Lines on their way to stderr: writers never wait for the terminal or the journal behind it.
///
/// One thread writes; when it falls behind by more than `capacity` lines the oldest waiting ones
/// are dropped, and a line says how many.
final class LineSink: Sendable {
    private struct State {
        var waiting: [String] = []
        var dropped = 0
        var isWriting = false
    }

    private let state = Mutex(State())
    private let wake = Semaphore()
    private let capacity: Int
    private let descriptor: Int32

    init(descriptor: Int32 = STDERR_FILENO, capacity: Int = 4096) {
        self.descriptor = descriptor
        self.capacity = capacity
        let wake = wake
        // The thread lives as long as the process, and so does the sink it holds.
        _ = SystemThread.start { [self] in
            while true {
                wake.wait()
                writeWaiting()
            }
        }
    }

    /// Takes a line without its newline.
    func write(_ line: String) {
        state.withLock { state in
            if state.waiting.count >= capacity {
                state.waiting.removeFirst(capacity / 2)
                state.dropped += capacity / 2
            }
            state.waiting.append(line)
        }
        wake.signal()
    }

    /// Writes what waits, on the calling thread, for the last lines of a process; gives up after a
    /// second when stderr takes nothing.
    func flush() {
        for _ in 0..<1000 {
            if writeWaiting() { return }
            usleep(1000)
        }
    }

    /// False when the other thread is writing.
    @discardableResult
    private func writeWaiting() -> Bool {
        let batch = state.withLock { state -> (lines: [String], dropped: Int)? in
            guard !state.isWriting else { return nil }
            defer { state = State(isWriting: true) }
            return (state.waiting, state.dropped)
        }
        guard let batch else { return false }
        if batch.dropped > 0 { writeAll("[\(batch.dropped) log lines dropped]\n") }
        if !batch.lines.isEmpty { writeAll(batch.lines.joined(separator: "\n") + "\n") }
        state.withLock { $0.isWriting = false }
        return true
    }

    private func writeAll(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}

/// A counting semaphore of the system.
final class Semaphore: @unchecked Sendable {
    // The pointer never changes, and the semaphore behind it is made for many threads.
    private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init() { sem_init(semaphore, 0, 0) }

    deinit {
        sem_destroy(semaphore)
        semaphore.deallocate()
    }

    func signal() { sem_post(semaphore) }

    func wait() {
        while sem_wait(semaphore) != 0 && errno == EINTR {}
    }
}
