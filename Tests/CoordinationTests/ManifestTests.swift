import Glibc
import Testing

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
                    id: "auction", file: "/p/auction/plugin.yaml", executable: "/bin/sh",
                    arguments: ["-c", "exit 0"], environment: ["TZ": "Asia/Ho_Chi_Minh"],
                    settings: ["batch_rows": "500", "strict": "true", "title": "Sóc Trăng"]))
    }

    @Test func allFaultsComeAtOnceWithTheirLines() {
        let text = """
            schema_version: 2
            executible: sh
            instances: 4
            user: root
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
                "\(file):3: 'instances' above 1 is not in this version; "
                    + "write 1 or remove the key",
                "\(file):4: 'user' is not in this version; remove the key",
                "\(file):5: 'environment' has CAODIEM_FD, which only the coordinator sets; "
                    + "remove it",
                "\(file):6: 'config.a' must be one value; write text, a number, true or false",
            ])
    }

    @Test(arguments: ManifestReader.reserved)
    func reservedKeysAreRefusedByName(key: String) {
        #expect(
            problems("schema_version: 1\nexecutable: sh\n\(key): 1") == [
                "/p/auction/plugin.yaml:3: '\(key)' is not in this version; remove the key"
            ])
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
