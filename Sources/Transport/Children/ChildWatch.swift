internal import CLinux
import Glibc
import Wire

/// What the spawner's thread watches: exits, and what children print.
struct ChildWatch {
    private struct Watched {
        let child: Child
        /// In the environment of the child and of what it starts.
        let mark: String
        let exitDescriptor: Int32
        var output: LogPipe
        var errors: LogPipe
    }

    private struct LogPipe {
        var descriptor: Int32
        var splitter: LogSplitter
    }

    private let wake: Int32
    private var children: [Watched] = []
    /// Processes that children left behind; nil while nobody asked for them.
    private var orphans: Orphans?
    private var sweepDue = Loop.now
    private var buffer = [UInt8](repeating: 0, count: 64 << 10)

    init(wake: Int32) {
        self.wake = wake
        setNonBlocking(wake)
    }

    /// Waits until something happens and deals with it; true when there are new requests.
    mutating func wait() -> Bool {
        var descriptors = [pollfd(fd: wake, events: Int16(POLLIN), revents: 0)]
        for watched in children {
            for fd in [
                watched.exitDescriptor, watched.output.descriptor, watched.errors.descriptor,
            ] {
                descriptors.append(pollfd(fd: fd, events: Int16(POLLIN), revents: 0))
            }
        }
        let patience = orphans == nil ? -1 : Orphans.sweepMilliseconds
        let ready = poll(&descriptors, nfds_t(descriptors.count), patience)
        defer { if orphans != nil, sweepDue <= Loop.now { _ = sweepOrphans() } }
        guard ready > 0 else { return false }
        var ended: [Int] = []
        for index in children.indices {
            let first = 1 + index * 3
            if descriptors[first + 1].revents != 0 { readOnce(index, \.output) }
            if descriptors[first + 2].revents != 0 { readOnce(index, \.errors) }
            if descriptors[first].revents != 0 { ended.append(index) }
        }
        for index in ended.reversed() {
            orphans?.childEnded(children[index].child.processID)
            conclude(children.remove(at: index))
            sweepDue = Loop.now
        }
        guard descriptors[0].revents != 0 else { return false }
        return buffer.withUnsafeMutableBytes { read(wake, $0.baseAddress, $0.count) } > 0
    }

    // MARK: Orphans

    /// From now on adopts what children leave behind, and ends it when they are gone.
    ///
    /// - Parameter isOnlyParent: all children of this process come from here, so that any other is
    ///   an orphan.
    mutating func adoptOrphans(isOnlyParent: Bool) {
        orphans = Orphans(isOnlyParent: isOnlyParent)
    }

    /// Orphans that live; looks again and ends what it finds.
    mutating func sweepOrphans() -> Int {
        sweepDue = Loop.now.advanced(by: .milliseconds(Int(Orphans.sweepMilliseconds)))
        let living = children.map { ($0.child.processID, $0.mark) }
        return orphans?.sweep(children: living) ?? 0
    }

    // MARK: Start

    mutating func start(_ spec: ChildSpec, _ limits: Limits) throws(SpawnFailure) -> Child {
        let ends = try ChildEnds()
        var token = [UInt8](repeating: 0, count: 32)
        var random = SystemRandomNumberGenerator()
        for index in token.indices { token[index] = random.next() }
        _ = write(ends.liveness.ours, token, token.count)
        let mark = Orphans.mark()
        let pid: pid_t
        let exitDescriptor: Int32
        do throws(SpawnFailure) {
            pid = try ChildWatch.spawn(spec, ends, mark: mark)
            exitDescriptor = try ChildWatch.watchAndLimit(pid, spec)
        } catch {
            ends.closeAll()
            throw error
        }
        ends.closeTheirs()
        let child = Child(
            processID: pid, sessionToken: token, socket: ends.socket.ours,
            liveness: ends.liveness.ours, limits: limits)
        setNonBlocking(ends.output.ours)
        setNonBlocking(ends.errors.ours)
        children.append(
            Watched(
                child: child, mark: mark, exitDescriptor: exitDescriptor,
                output: LogPipe(
                    descriptor: ends.output.ours,
                    splitter: LogSplitter(source: .output, limit: limits.logLine)),
                errors: LogPipe(
                    descriptor: ends.errors.ours,
                    splitter: LogSplitter(source: .errors, limit: limits.logLine))))
        return child
    }

    /// A descriptor that tells the end of a child that is bounded; one that cannot be had is ended.
    private static func watchAndLimit(
        _ pid: pid_t, _ spec: ChildSpec
    ) throws(SpawnFailure) -> Int32 {
        let descriptor = caodiem_pidfd_open(pid)
        var error = descriptor < 0 ? errno : 0
        let limits = [
            (caodiem_memory, spec.limits.memoryBytes), (caodiem_cpu, spec.limits.cpuSeconds),
            (caodiem_open_files, spec.limits.openFiles),
        ]
        for (resource, value) in limits where error == 0 {
            if let value { error = caodiem_limit(pid, resource, UInt(value)) }
        }
        if error == 0 { return descriptor }
        if descriptor >= 0 { close(descriptor) }
        kill(-pid, SIGKILL)
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        throw SpawnFailure(spec, error)
    }

    private static func spawn(
        _ spec: ChildSpec, _ ends: ChildEnds, mark: String
    ) throws(SpawnFailure) -> pid_t {
        var environment = spec.environment
        environment[Orphans.variable] = mark
        environment["CAODIEM_PLUGIN"] = "1"
        environment["CAODIEM_FD"] = "3"
        environment["CAODIEM_PPID"] = "\(getpid())"
        let variables = environment.map { "\($0.key)=\($0.value)" }.sorted()
        let arguments = [spec.executable] + spec.arguments
        var pid: pid_t = 0
        let error = withCStrings(arguments) { argv in
            withCStrings(variables) { envp in
                spec.executable.withCString { path in
                    withOptionalCString(spec.directory) { directory in
                        var request = caodiem_spawn(
                            path: path, directory: directory, arguments: argv, environment: envp,
                            descriptors: (
                                ends.liveness.theirs, ends.output.theirs, ends.errors.theirs,
                                ends.socket.theirs
                            ))
                        return caodiem_spawn(&request, &pid)
                    }
                }
            }
        }
        if error == 0 { return pid }
        throw SpawnFailure(spec, error)
    }

    // MARK: Logs

    private mutating func readOnce(_ index: Int, _ pipe: WritableKeyPath<Watched, LogPipe>) {
        let count = fill(children[index][keyPath: pipe].descriptor)
        if count > 0 {
            let child = children[index].child
            children[index][keyPath: pipe].splitter.feed(buffer[..<count]) { child.tell($0) }
        } else if count == 0 {
            let child = children[index].child
            children[index][keyPath: pipe].splitter.end { child.tell($0) }
            close(children[index][keyPath: pipe].descriptor)
            children[index][keyPath: pipe].descriptor = -1
        }
    }

    /// Bytes read; 0 at the end, below 0 when there is nothing now.
    private mutating func fill(_ descriptor: Int32) -> Int {
        buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
    }

    // MARK: End

    private mutating func conclude(_ watched: Watched) {
        let child = watched.child
        // The leader is not reaped yet, so its group's number cannot be anyone else's.
        kill(-child.processID, SIGKILL)
        for var pipe in [watched.output, watched.errors] where pipe.descriptor >= 0 {
            var budget = ChildWatch.lastReads
            while budget > 0 {
                let count = fill(pipe.descriptor)
                if count <= 0 { break }
                pipe.splitter.feed(buffer[..<count]) { child.tell($0) }
                budget -= 1
            }
            pipe.splitter.end { child.tell($0) }
            close(pipe.descriptor)
        }
        close(watched.exitDescriptor)
        child.conclude { ChildWatch.reap(child) }
    }

    /// Reads after the end: what a pipe of at most 1 MiB can still hold.
    private static let lastReads = 16

    private static func reap(_ child: Child) -> ChildExit {
        var status: Int32 = 0
        var usage = rusage()
        var exit = ChildExit()
        while wait4(child.processID, &status, 0, &usage) < 0 {
            if errno != EINTR { break }
        }
        let signal = status & 0x7F
        if signal == 0 {
            exit.code = (status >> 8) & 0xFF
        } else {
            exit.signal = signal
            exit.dumpedCore = status & 0x80 != 0
        }
        exit.userTime = duration(usage.ru_utime)
        exit.systemTime = duration(usage.ru_stime)
        exit.peakMemoryKiB = usage.ru_maxrss
        exit.uptime = child.started.duration(to: Loop.now)
        return exit
    }

    private static func duration(_ time: timeval) -> Duration {
        .seconds(time.tv_sec) + .microseconds(time.tv_usec)
    }
}

extension Child {
    fileprivate func tell(_ line: LogLine) {
        if case .dropped = logSink.yield(line) { countDroppedLine() }
    }
}
