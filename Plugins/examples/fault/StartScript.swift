import Glibc

/// What the worker does wrong by itself, as its manifest's `arguments` say.
struct StartScript: Sendable {
    private(set) var printsBytes = 0
    private(set) var delayMilliseconds: UInt32 = 0
    private(set) var exitCode: Int32?
    private(set) var signal: Int32?
    /// Leaves so many milliseconds after its HELLO, with `exitCode` or by `signal`.
    private(set) var lifeMilliseconds: UInt32?
    /// Shutdown, SIGTERM and the end of descriptors 0 and 3 do not move it.
    private(set) var isDeaf = false
    private(set) var configureMilliseconds: UInt32 = 0
    /// What ValidateConfig finds wrong.
    private(set) var problem: String?
    /// Serves nothing but what every worker must.
    private(set) var isSilent = false
    private(set) var isServing = true
    /// Writes what logs must survive.
    private(set) var printsHazards = false
    /// Asks for more time while it is configured.
    private(set) var sendsNotes = false
    /// Replaces the token of descriptor 0: `wrong` or `absent`.
    private(set) var token: String?

    /// `--print BYTES`, `--delay MS`, `--exit CODE`, `--signal N`, `--life MS`, `--configure MS`,
    /// `--problem TEXT`, `--token wrong|absent`, `--deaf`, `--silent`, `--not-serving`, `--hazards`, `--notes`.
    init(_ arguments: [String]) {
        var rest = arguments[...]
        while let option = rest.popFirst() {
            switch option {
            case "--deaf": isDeaf = true
            case "--silent": isSilent = true
            case "--notes": sendsNotes = true
            case "--hazards": printsHazards = true
            case "--not-serving": isServing = false
            default:
                guard let value = rest.popFirst() else { StartScript.refuse(option) }
                take(option, value)
            }
        }
    }

    private mutating func take(_ option: String, _ value: String) {
        switch option {
        case "--print": printsBytes = Int(value) ?? 0
        case "--delay": delayMilliseconds = UInt32(value) ?? 0
        case "--exit": exitCode = Int32(value)
        case "--signal": signal = Int32(value)
        case "--life": lifeMilliseconds = UInt32(value)
        case "--configure": configureMilliseconds = UInt32(value) ?? 0
        case "--problem": problem = value
        case "--token": token = value
        default: StartScript.refuse(option)
        }
    }

    private static func refuse(_ option: String) -> Never {
        say("fault-plugin: \(option) is no option of mine, or lacks its value")
        exit(78)
    }

    /// Prints, waits, dies: before a byte of the protocol is sent.
    func runBeforeHello() {
        if printsBytes > 0 { printLines(bytes: printsBytes) }
        if printsHazards { StartScript.printHazards() }
        if delayMilliseconds > 0 { usleep(delayMilliseconds * 1000) }
        if lifeMilliseconds == nil { die() }
        if isDeaf {
            Glibc.signal(SIGTERM, SIG_IGN)
            replaceLiveness { $0 }
        } else if let token {
            replaceLiveness {
                token == "wrong" ? $0.map { $0 ^ 0xFF } : [UInt8](repeating: 0, count: 32)
            }
        }
    }

    /// Starts the clock of its life.
    func runAfterHello() {
        guard let lifeMilliseconds else { return }
        Task {
            try? await Task.sleep(for: .milliseconds(lifeMilliseconds))
            die()
        }
    }

    private func die() {
        if let exitCode { exit(exitCode) }
        guard let signal else { return }
        Glibc.signal(signal, SIG_DFL)
        raise(signal)
    }

    /// Whole lines of 80 bytes, together so many.
    private func printLines(bytes: Int) {
        let line = Array((String(repeating: "x", count: 79) + "\n").utf8)
        var left = bytes
        while left > 0 {
            let count = write(1, line, min(left, line.count))
            if count <= 0 { return }
            left -= count
        }
    }

    /// A line of 10 MiB, bytes that are no UTF-8, escapes, a forged marker, foreign JSON, no line end.
    private static func printHazards() {
        let huge = [UInt8](repeating: 0x7A, count: 1 << 20)
        for _ in 0..<10 { writeWhole(huge) }
        let rest =
            "\n\u{1B}[31mred\u{1B}[0m\u{8}\u{7}\r\n2026-01-01T00:00:00.000+07:00 other[1] READY\n"
            + #"{"level":"error","message":"foreign"}"# + "\n"
        writeWhole(Array(rest.utf8) + [0xFF, 0xC3, 0x28, 0x00, 0x0A] + Array("hazards end\n".utf8))
        writeWhole(Array("no line end".utf8))
    }

    private static func writeWhole(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(1, $0.baseAddress, $0.count) }
            if count <= 0 { return }
            rest = rest.dropFirst(count)
        }
    }

    /// Puts another pipe in place of descriptor 0, one that never ends, with the token in it.
    private func replaceLiveness(_ change: ([UInt8]) -> [UInt8]) {
        var token = [UInt8](repeating: 0, count: 32)
        var count = 0
        while count < 32 {
            let got = token.withUnsafeMutableBytes {
                read(0, $0.baseAddress?.advanced(by: count), 32 - count)
            }
            if got <= 0 { exit(1) }
            count += got
        }
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { exit(1) }
        let changed = change(token)
        _ = write(ends[1], changed, changed.count)
        // Without a reader of the true one, the coordinator's end of it still opens and closes.
        if isDeaf { dup2(ends[0], 0) } else { forwardEnd(from: dup(0), to: ends) }
    }

    /// The pipe in place of descriptor 0 ends when the true one does.
    private func forwardEnd(from liveness: Int32, to ends: [Int32]) {
        dup2(ends[0], 0)
        let writeEnd = ends[1]
        Thread.start {
            var byte: UInt8 = 0
            while read(liveness, &byte, 1) > 0 {}
            close(writeEnd)
        }
    }
}

/// A thread for what blocks.
enum Thread {
    static func start(_ body: @escaping @Sendable () -> Void) {
        let box = Unmanaged.passRetained(Body(body))
        var thread = pthread_t()
        pthread_create(
            &thread, nil,
            { pointer in
                guard let pointer else { return nil }
                Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue().run()
                return nil
            }, box.toOpaque())
        pthread_detach(thread)
    }

    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }
}

func say(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = write(2, bytes, bytes.count)
}
