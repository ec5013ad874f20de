import Glibc
import Testing
import Transport
import Wire

@Suite(.timeLimit(.minutes(1))) struct SpawnerTests {
    @Test func aChildGetsFourDescriptorsAndItsOwnEnvironmentOnly() async throws {
        let child = try await shell(
            "ls -l /proc/self/fd | grep -c -- '->'; env | sort; echo no newline >&2",
            environment: ["TZ": "Asia/Ho_Chi_Minh"])
        let (lines, exit) = await finish(child)
        #expect(exit.code == 0)
        let output = lines.filter { $0.source == .output }.map(\.text)
        // The four, and the one with which ls reads the folder.
        #expect(output.first == "5")
        let names = output.dropFirst().compactMap {
            $0.split(separator: "=").first.map(String.init)
        }
        #expect(
            Set(names).subtracting(["PWD", "SHLVL", "_", "OLDPWD"])
                == ["CAODIEM_FD", "CAODIEM_PLUGIN", "CAODIEM_PPID", "CAODIEM_PROCESS", "TZ"])
        #expect(lines.contains(LogLine(source: .errors, text: "no newline")))
    }

    @Test func theFirstBytesOfTheLivenessPipeAreTheToken() async throws {
        let child = try await shell("head -c 32 | od -An -tx1 | tr -d ' \\n'")
        let (lines, _) = await finish(child)
        let expected = child.sessionToken.map { byte in
            let text = String(byte, radix: 16)
            return text.count == 1 ? "0" + text : text
        }.joined()
        #expect(lines.first?.text == expected)
        #expect(Set(child.sessionToken).count > 8)
    }

    @Test func descriptorThreeIsASocketToUs() async throws {
        let child = try await shell("head -c 4 <&3; echo; echo pong >&3; exit 0")
        let socket = try #require(child.takeSocket())
        #expect(child.takeSocket() == nil)
        #expect(write(socket, "ping", 4) == 4)
        var answer = [UInt8](repeating: 0, count: 5)
        #expect(recv(socket, &answer, 5, Int32(MSG_WAITALL)) == 5)
        #expect(answer == Array("pong\n".utf8))
        close(socket)
        let (lines, _) = await finish(child)
        #expect(lines.first?.text == "ping")
    }

    @Test(arguments: [0, 1, 78])
    func anExitCodeIsTold(code: Int32) async throws {
        let child = try await shell("exit \(code)")
        let exit = await child.exit
        #expect(exit.code == code && exit.signal == nil)
        #expect(exit.peakMemoryKiB > 0)
        #expect(isGone(child.processID))
        child.signal(SIGTERM)
    }

    @Test func aSignalIsTold() async throws {
        let child = try await shell("kill -SEGV $$; sleep 5")
        #expect(await child.exit.signal == SIGSEGV)
    }

    @Test func theWholeGroupEnds() async throws {
        let child = try await shell("trap '' TERM; sleep 60 & echo $!; sleep 60")
        var grandchild: Int32 = 0
        for await line in child.logLines {
            grandchild = Int32(line.text) ?? 0
            break
        }
        #expect(grandchild > 0)
        child.signal(SIGKILL)
        #expect(await child.exit.signal == SIGKILL)
        for _ in 0..<100 where !isGone(grandchild) { try await Task.sleep(for: .milliseconds(10)) }
        #expect(isGone(grandchild))
    }

    @Test func closingTheLivenessPipeIsSeen() async throws {
        let child = try await shell("cat >/dev/null; exit 7")
        child.closeLiveness()
        #expect(await child.exit.code == 7)
    }

    @Test func longAndBrokenLinesAreBounded() async throws {
        let child = try await shell(
            "head -c 200000 /dev/zero | tr '\\0' x; echo; printf 'a\\377b\\r\\nlast'")
        let (lines, _) = await finish(child)
        #expect(lines.count == 3)
        #expect(lines[0].text.utf8.count == 64 << 10)
        #expect(lines[0].isCut)
        #expect(lines[1] == LogLine(source: .output, text: "a\u{FFFD}b"))
        #expect(lines[2].text == "last")
    }

    @Test func linesThatNobodyReadsAreDroppedAndCounted() async throws {
        let child = try await shell("seq 1 5000")
        _ = await child.exit
        var lines: [String] = []
        for await line in child.logLines { lines.append(line.text) }
        #expect(lines.count == 512)
        #expect(lines.last == "5000")
        #expect(child.droppedLogLines == 5000 - 512)
    }

    @Test func whatCannotStartIsNamedAtOnce() async throws {
        let folder = try ScratchFolder()
        let plain = try folder.program("plain", "#!/bin/sh\n", mode: 0o644)
        let bare = try folder.program("bare", "no program at all\n")
        let lost = try folder.program("lost", "#!/no/such/interpreter\n")
        let cases: [(String, SpawnFailure.Kind)] = [
            (folder.path + "/none", .missing), (plain, .notExecutable), (bare, .notAProgram),
            (lost, .interpreterMissing), (folder.path, .notExecutable),
        ]
        let clock = ContinuousClock()
        for (path, kind) in cases {
            let start = clock.now
            let error = await #expect(throws: SpawnFailure.self) {
                try await Spawner.shared.spawn(ChildSpec(executable: path))
            }
            #expect(error?.kind == kind, "\(path)")
            #expect(error?.message.contains(path) == true)
            // Far under the five seconds after which a start would time out, however busy the machine.
            #expect(clock.now - start < .seconds(4))
        }
    }

    @Test func nothingLeaksOverManyChildren() async throws {
        _ = await finish(try await shell("exit 0"))
        let before = openDescriptors()
        for _ in 0..<30 {
            _ = await finish(try await shell("exit 0"))
        }
        #expect(openDescriptors() <= before + 8, "other suites run beside this one")
    }

    private func shell(
        _ script: String, environment: [String: String] = [:]
    ) async throws -> Child {
        try await Spawner.shared.spawn(
            ChildSpec(
                executable: "/bin/sh", arguments: ["-c", script],
                environment: environment))
    }

    private func finish(_ child: Child) async -> ([LogLine], ChildExit) {
        var lines: [LogLine] = []
        for await line in child.logLines { lines.append(line) }
        return (lines, await child.exit)
    }

    /// No such process, or one that only waits to be reaped by whoever adopted it.
    private func isGone(_ pid: Int32) -> Bool {
        if kill(pid, 0) != 0 { return errno == ESRCH }
        let fd = open("/proc/\(pid)/stat", O_RDONLY | O_CLOEXEC)
        guard fd >= 0 else { return true }
        defer { close(fd) }
        var text = [UInt8](repeating: 0, count: 512)
        let count = read(fd, &text, text.count)
        return String(decoding: text.prefix(max(0, count)), as: UTF8.self).contains(") Z ")
    }

    private func openDescriptors() -> Int {
        (0..<1024).count { fcntl(Int32($0), F_GETFD) >= 0 }
    }
}
