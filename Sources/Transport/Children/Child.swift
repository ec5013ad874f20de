import Glibc
import Synchronization
import Wire

/// What to start, and all that it inherits.
public struct ChildSpec: Sendable {
    /// Path of the program; no PATH is searched.
    public var executable: String
    public var arguments: [String]
    /// Exactly the child's environment, besides `CAODIEM_PLUGIN`, `CAODIEM_FD` and `CAODIEM_PPID`.
    public var environment: [String: String]
    public var directory: String?
    /// What it may use up, with all that it starts.
    public var limits = ProcessLimits()

    public init(
        executable: String, arguments: [String] = [], environment: [String: String] = [:],
        directory: String? = nil
    ) {
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
        self.directory = directory
    }
}

/// What one process may use up; nil leaves what the coordinator itself has.
public struct ProcessLimits: Equatable, Sendable {
    /// Private writable memory.
    public var memoryBytes: Int?
    public var openFiles: Int?
    /// Time of the processor; SIGXCPU when it is used up.
    public var cpuSeconds: Int?

    public init(memoryBytes: Int? = nil, openFiles: Int? = nil, cpuSeconds: Int? = nil) {
        self.memoryBytes = memoryBytes
        self.openFiles = openFiles
        self.cpuSeconds = cpuSeconds
    }
}

/// Why a program could not be started at all.
public struct SpawnFailure: Error, Equatable, Sendable, CustomStringConvertible {
    public enum Kind: Sendable, Hashable {
        /// No such file.
        case missing
        /// The file is there, but what its first line names is not.
        case interpreterMissing
        /// No permission to run it.
        case notExecutable
        /// Neither a program for this machine nor a script with a `#!` line.
        case notAProgram
        /// Someone is writing to it.
        case busy
        /// Too many processes, files, or too little memory.
        case exhausted
        case other
    }

    public let kind: Kind
    public let message: String

    public var description: String { message }
}

/// How a child ended.
public struct ChildExit: Equatable, Sendable {
    /// The exit code; nil when a signal ended it.
    public var code: Int32?
    /// The signal that ended it; nil when it exited.
    public var signal: Int32?
    public var dumpedCore = false
    public var userTime = Duration.zero
    public var systemTime = Duration.zero
    /// The most memory that it had in use, KiB.
    public var peakMemoryKiB = 0
    public var uptime = Duration.zero

    public init(code: Int32? = nil, signal: Int32? = nil) {
        self.code = code
        self.signal = signal
    }
}

/// One line that a child printed.
public struct LogLine: Equatable, Sendable {
    public enum Source: Sendable, Hashable {
        case output, errors
    }

    public var source: Source
    /// Without its newline; what is no UTF-8 is replaced.
    public var text: String
    /// The line was longer than `Limits.logLine`.
    public var isCut: Bool

    public init(source: Source, text: String, isCut: Bool = false) {
        self.source = source
        self.text = text
        self.isCut = isCut
    }
}

/// A running child: its process group, its liveness pipe and what it prints.
///
/// It is always reaped. When the child itself has ended, whatever is left of its process group is
/// killed.
public final class Child: Sendable {
    public let processID: Int32
    /// The 32 bytes that its HELLO must show.
    public let sessionToken: [UInt8]
    /// What it prints, for one reader; ends when the child has ended.
    public let logLines: AsyncStream<LogLine>

    let logSink: AsyncStream<LogLine>.Continuation
    let started: Instant
    private let state: Mutex<State>

    private struct State {
        var exit: ChildExit?
        var waiters: [@Sendable (ChildExit) -> Void] = []
        var socket: Int32?
        var liveness: Int32?
        var droppedLines = 0
    }

    init(
        processID: Int32, sessionToken: [UInt8], socket: Int32, liveness: Int32, limits: Limits
    ) {
        self.processID = processID
        self.sessionToken = sessionToken
        started = Loop.now
        (logLines, logSink) = AsyncStream.makeStream(
            bufferingPolicy: .bufferingNewest(limits.logLines))
        state = Mutex(State(socket: socket, liveness: liveness))
    }

    deinit {
        state.withLock { state in
            if let socket = state.socket { close(socket) }
            if let liveness = state.liveness { close(liveness) }
        }
    }

    /// Our end of descriptor 3, once; the taker owns it. Nil when it was taken.
    public func takeSocket() -> Int32? {
        state.withLock { state in
            defer { state.socket = nil }
            return state.socket
        }
    }

    /// Lines that were dropped because nobody read them in time.
    public var droppedLogLines: Int { state.withLock { $0.droppedLines } }

    /// Sends a signal to the child's process group; nothing happens once it has ended.
    public func signal(_ signal: Int32) {
        state.withLock { state in
            if state.exit == nil { _ = kill(-processID, signal) }
        }
    }

    /// Closes the liveness pipe: the child cancels its calls and exits within a second.
    public func closeLiveness() {
        state.withLock { state in
            if let liveness = state.liveness { close(liveness) }
            state.liveness = nil
        }
    }

    /// Waits for the end.
    public var exit: ChildExit {
        get async {
            await withCheckedContinuation { continuation in
                onExit { continuation.resume(returning: $0) }
            }
        }
    }

    /// Tells the end once, now or when it comes, on some thread; the callee must not block.
    public func onExit(_ tell: @escaping @Sendable (ChildExit) -> Void) {
        let known = state.withLock { state -> ChildExit? in
            if state.exit == nil { state.waiters.append(tell) }
            return state.exit
        }
        if let known { tell(known) }
    }

    /// Reaps and records the end; no signal can hit another process's group afterwards.
    func conclude(_ reap: () -> ChildExit) {
        let (exit, waiters) = state.withLock { state in
            let exit = reap()
            state.exit = exit
            defer { state.waiters = [] }
            return (exit, state.waiters)
        }
        logSink.finish()
        closeLiveness()
        for waiter in waiters { waiter(exit) }
    }

    func countDroppedLine() {
        state.withLock { $0.droppedLines += 1 }
    }
}
