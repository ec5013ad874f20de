import Glibc
import Logging
import Testing
import Transport

@testable import Coordination

/// A folder that goes away with the test.
final class ScratchFolder {
    let path: String

    init() throws {
        var template = Array("/tmp/caodiem-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw POSIXTestError(code: errno) }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    struct POSIXTestError: Error { let code: Int32 }

    deinit { ScratchFolder.remove(path) }

    private static func remove(_ path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        if status.st_mode & S_IFMT == S_IFDIR {
            for name in FolderListing.names(in: path) { remove("\(path)/\(name)") }
            rmdir(path)
        } else {
            unlink(path)
        }
    }

    func folder(_ name: String) -> String {
        let made = "\(path)/\(name)"
        mkdir(made, 0o755)
        return made
    }

    @discardableResult
    func file(_ name: String, _ text: String, mode: mode_t = 0o644) -> String {
        let made = "\(path)/\(name)"
        _ = SmallFile.write(text, path: made)
        chmod(made, mode)
        return made
    }
}

struct ManifestTests {
    private func problems(_ text: String) -> [String] {
        do {
            _ = try ManifestReader(binaries: "/bin").parse(
                Array(text.utf8), id: "auction", file: "/p/auction/plugin.yaml")
            return []
        } catch {
            return error.problems
        }
    }

    @Test func aWholeManifestIsRead() throws {
        let text = """
            schema_version: 1
            executable: sh
            arguments: [-c, "exit 0"]
            environment: {TZ: Asia/Ho_Chi_Minh}
            instances: 1
            config:
              batch_rows: 500
              strict: true
              title: "Sóc Trăng"
            """
        let manifest = try ManifestReader(binaries: "/bin").parse(
            Array(text.utf8), id: "auction", file: "/p/auction/plugin.yaml")
        #expect(
            manifest
                == PluginManifest(
                    id: "auction", file: "/p/auction/plugin.yaml",
                    source: .spawned(
                        ProgramSource(
                            executable: "/bin/sh", arguments: ["-c", "exit 0"],
                            environment: ["TZ": "Asia/Ho_Chi_Minh"])),
                    settings: ["batch_rows": "500", "strict": "true", "title": "Sóc Trăng"]))
    }

    @Test func everyKeyIsRead() throws {
        let scratch = try ScratchFolder()
        let secret = scratch.file("word", "open sesame\n", mode: 0o600)
        let digest = try TrustedFile.digest("/bin/sh")
        let text = """
            schema_version: 1
            executable: sh
            sha256: \(digest)
            limits: {memory: 64MiB, open_files: 64, cpu: 2m}
            protocol: cdp/1
            services: [a.A]
            instances: 3
            depends_on: [casework]
            store_access: read
            restart:
              policy: transient
              backoff: {base: 100ms, cap: 5s}
              intensity: {failures: 3, within: 10s}
            timeouts: {start: 1s, configure: 2s, ready: 3s, drain: 4s, shutdown: 5s, terminate: 6s, beat: 7s}
            concurrency: {max: 8, queue: 16}
            logging: {level: warning}
            grants: [impersonate]
            config: {word: {from_file: \(secret)}, plain: 1}
            """
        let manifest = try ManifestReader(binaries: "/bin").parse(
            Array(text.utf8), id: "auction", file: "/p/auction/plugin.yaml")
        var program = ProgramSource(executable: "/bin/sh", sha256: digest)
        program.limits = ProcessLimits(memoryBytes: 64 << 20, openFiles: 64, cpuSeconds: 120)
        #expect(manifest.source == .spawned(program))
        #expect(
            manifest.shape
                == PluginShape(instances: 3, policy: .transient, dependsOn: ["casework"]))
        let limits = manifest.limits(of: SupervisionLimits())
        #expect(limits.startTimeout == .seconds(1) && limits.beatInterval == .seconds(7))
        #expect(limits.backoffBase == .milliseconds(100) && limits.backoffCap == .seconds(5))
        #expect(limits.failuresAllowed == 3 && limits.failureWindow == .seconds(10))
        #expect(manifest.services == ["a.A"] && manifest.storeAccess == .read)
        #expect(manifest.concurrency == Concurrency(max: 8, queue: 16))
        #expect(manifest.logLevel == .warning && manifest.grants == [.impersonate])
        #expect(manifest.settings == ["plain": "1"] && manifest.secrets == ["word": secret])
        let settings = try WorkerSettings.select(
            declared: [WorkerSettings.Declaration(key: "word", isRequired: true)],
            manifest: {
                var m = manifest; m.settings = [:]; return m
            }(), shared: [:])
        #expect(settings.map(\.value) == ["open sesame"])
    }

    @Test(arguments: [
        ("{address: \"10.0.0.1:7000\"}", "'remote.address' has another form"),
        ("{address: \"tcp:10.0.0.1\"}", "'remote.address' has another form"),
        ("{address: \"tcp:10.0.0.1:7000\", plaintext: true}", "is for loopback only"),
        ("{address: incoming, tls: {certificate: c, key: k, ca: a}}", "does not go with address"),
        ("{address: incoming, tls: {certificate: c, key: k}}", "missing key 'ca'"),
        ("{tls: {certificate: c, key: k, ca: a}}", "missing key 'address'"),
    ])
    func aRemoteWorkersFaultsAreNamed(remote: String, fault: String) {
        let found = problems("schema_version: 1\nremote: \(remote)")
        #expect(found.contains { $0.contains(fault) }, "\(found)")
    }

    @Test func aRemoteWorkerHasNoExecutable() {
        let found = problems(
            "schema_version: 1\nremote: {address: incoming}\nexecutable: sh\narguments: [a]")
        #expect(found.count == 2)
        #expect(problems("schema_version: 1\nremote: {address: incoming}") == [])
    }

    @Test func aWrongDigestIsAWrongProgram() {
        let wrong = String(repeating: "0", count: 64)
        let found = problems("schema_version: 1\nexecutable: sh\nsha256: \"\(wrong)\"\n")
        #expect(found.count == 1)
        #expect(
            found.first?.contains("'executable' cannot be used: /bin/sh has the SHA-256 ") == true)
    }

    @Test func allFaultsComeAtOnceWithTheirLines() {
        let text = """
            schema_version: 2
            executible: sh
            instances: 65
            restart: {policy: permanet, backoff: {base: 5}}
            environment: {CAODIEM_FD: 9}
            config: {a: [1]}
            """
        let file = "/p/auction/plugin.yaml"
        #expect(
            problems(text) == [
                "\(file):1: missing key 'executable' in the file; add 'executable: …'",
                "\(file):1: 'schema_version' must lie between 1 and 1, found 2; "
                    + "write a number in that range",
                "\(file):2: unknown key 'executible' in the file; did you mean 'executable'?",
                "\(file):3: 'instances' must lie between 1 and 64, found 65; "
                    + "write a number in that range",
                "\(file):4: 'restart.policy' must be one of permanent, transient, temporary, "
                    + "found 'permanet'; did you mean 'permanent'?",
                "\(file):4: 'restart.backoff.base' must be a period such as 250ms, 5s or 2m, "
                    + "found '5'; write a period such as 250ms, 5s or 2m",
                "\(file):5: 'environment' has CAODIEM_FD, which only the coordinator sets; "
                    + "remove it",
                "\(file):6: 'config.a' must be one value; write text, a number, true or false",
            ])
    }

    @Test func anExecutableMustBeThereAndTrusted() throws {
        let scratch = try ScratchFolder()
        let folder = scratch.folder("auction")
        let manifest = scratch.file(
            "auction/plugin.yaml", "schema_version: 1\nexecutable: worker\n")
        func problem() -> String? {
            do throws(ManifestRefusal) {
                _ = try ManifestReader(binaries: scratch.path).read(folder)
                return nil
            } catch {
                return error.problems.joined(separator: "|")
            }
        }
        let prefix = "\(manifest):2: 'executable' cannot be used: "
        #expect(
            problem() == prefix + "\(scratch.path)/worker cannot be examined: "
                + "No such file or directory; build it or correct the path")
        scratch.file("worker", "#!/bin/sh\n", mode: 0o644)
        if geteuid() != 0 {
            #expect(problem() == prefix + "\(scratch.path)/worker is not executable; chmod +x it")
        }
        scratch.file("worker", "#!/bin/sh\n", mode: 0o757)
        #expect(
            problem() == prefix + "\(scratch.path)/worker is writable by others; chmod o-w it")
        scratch.file("worker", "#!/bin/sh\n", mode: 0o755)
        #expect(problem() == nil)
        chmod(manifest, 0o646)
        #expect(problem() == "\(manifest) is writable by others; chmod o-w it")
    }

    @Test func aFolderNameMustBeAnID() throws {
        let scratch = try ScratchFolder()
        let folder = scratch.folder("Bad_Name")
        #expect(throws: ManifestRefusal.self) {
            try ManifestReader(binaries: "/bin").read(folder)
        }
    }

    @Test func limitsStandInTheCoordinatorsOwnFile() throws {
        let text = "schema_version: 1\nlimits: {backoff_base_ms: 50, failures_allowed: 2}\n"
        let limits = try CoordinatorSettings.parse(Array(text.utf8), file: "c.yaml").limits
        #expect(limits.backoffBase == .milliseconds(50))
        #expect(limits.failuresAllowed == 2)
        #expect(limits.startTimeout == SupervisionLimits().startTimeout)
        let bad = "schema_version: 1\nlimits: {backoff_bas_ms: 50, probe_cap_ms: 0}\n"
        #expect(throws: ManifestRefusal.self) {
            _ = try CoordinatorSettings.parse(Array(bad.utf8), file: "c.yaml")
        }
    }

    @Test func theCoordinatorsOwnFileIsAsStrict() throws {
        let good = try CoordinatorSettings.parse(
            Array("schema_version: 1\ndisabled: [emulation]\nlog_format: json\n".utf8),
            file: "c.yaml")
        #expect(good.disabled == ["emulation"])
        #expect(good.logFormat == .json)
        let bad = Array("schema_version: 1\nplugin: x\nlog_format: xml\n".utf8)
        do {
            _ = try CoordinatorSettings.parse(bad, file: "c.yaml")
            Issue.record("a wrong file was accepted")
        } catch {
            #expect(
                error.problems == [
                    "c.yaml:2: unknown key 'plugin' in the file; did you mean 'plugins'?",
                    "c.yaml:3: 'log_format' must be one of text, json, found 'xml'; "
                        + "write one of them",
                ])
        }
    }
}
