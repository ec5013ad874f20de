import Glibc
import Logging
import Testing

@testable import Coordination

struct PartsTests {
    @Test func delaysDoubleAndStayUnderTheCap() {
        let backoff = Backoff(base: .milliseconds(250), cap: .seconds(30), jitter: 0.2)
        var random = SeededRandom(seed: 3)
        for failures in 1...200 {
            let nominal = min(30.0, 0.25 * Double(1 << min(failures - 1, 20)))
            for _ in 0..<20 {
                let delay = backoff.delay(after: failures, random: &random)
                #expect(delay >= .seconds(nominal * 0.799) && delay <= .seconds(nominal * 1.201))
                #expect(delay <= .seconds(30))
            }
        }
    }

    private let manifest = PluginManifest(
        id: "auction", file: "p.yaml", source: .spawned(ProgramSource(executable: "/bin/sh")),
        settings: ["colour": "red"])

    @Test func aWorkerGetsOnlyWhatItDeclares() throws {
        let settings = try WorkerSettings.select(
            declared: [
                WorkerSettings.Declaration(key: "store", isRequired: true),
                WorkerSettings.Declaration(key: "colour", isRequired: false),
                WorkerSettings.Declaration(key: "size", isRequired: false),
            ], manifest: manifest, shared: ["store": "/d/store.sqlite", "spool": "/d/spool"])
        #expect(settings.map(\.key) == ["colour", "store"])
        #expect(settings.map(\.value) == ["red", "/d/store.sqlite"])
    }

    @Test func everySettingThatIsWrongIsNamed() {
        var manifest = manifest
        manifest.settings["store"] = "/elsewhere"
        #expect(
            throws: WorkerSettings.Problems(sentences: [
                "p.yaml: config key 'colour' is not known to plugin auction; known keys: size",
                "p.yaml: config key 'store' is set by the coordinator; remove it",
                "p.yaml: config key 'size' is missing; plugin auction requires it",
            ])
        ) {
            try WorkerSettings.select(
                declared: [
                    WorkerSettings.Declaration(key: "store", isRequired: true),
                    WorkerSettings.Declaration(key: "size", isRequired: true),
                ], manifest: manifest, shared: ["store": "/d/store.sqlite"])
        }
    }

    @Test func pluginsAndLawAreFoundFromTheExecutable() throws {
        let scratch = try ScratchFolder()
        for name in [
            "Plugins", ".build", ".build/x", ".build/x/release", "Sources", "Sources/LawBook",
            "Sources/LawBook/Law", "data",
        ] { _ = scratch.folder(name) }
        scratch.file(".build/x/release/caodiem-coordinator", "", mode: 0o755)
        let options = try ResolvedOptions(
            CoordinatorOptions(data: "\(scratch.path)/data"),
            executable: "\(scratch.path)/.build/x/release/caodiem-coordinator")
        #expect(options.plugins == "\(scratch.path)/Plugins")
        #expect(options.law == "\(scratch.path)/Sources/LawBook/Law")
        let installed = Installation(binaries: "/opt/none/bin")
        #expect(installed.plugins == "/opt/none/lib/caodiem/plugins")
        #expect(installed.law(beside: installed.plugins) == "/opt/none/share/caodiem/law")
    }

    @Test func allProblemsOfTheCommandLineComeTogether() {
        let options = CoordinatorOptions(
            data: "d", plugins: "/no/plugins", law: "/no/law", listen: ["tcp:[::1]:7000", "tcp:x"])
        #expect {
            try ResolvedOptions(options, executable: "/bin/sh")
        } throws: { error in
            "\(error)" == """
                /no/plugins is no folder; give the right one with --plugins
                /no/law is no folder; give the right one with --law
                --listen tcp:x: not of the form unix:PATH, tcp:HOST:PORT or tcp:[IPV6]:PORT
                --listen tcp:[::1]:7000: needs 'tls: {certificate, key, ca}' in the configuration \
                file; for loopback only, 'plaintext: true' there will do
                """
        }
    }

    @Test func aDisabledPluginMustExist() throws {
        let scratch = try ScratchFolder()
        _ = scratch.folder("scoring")
        scratch.file("scoring/plugin.yaml", "schema_version: 1\nexecutable: sh\n")
        #expect {
            try PluginFolder(
                scratch.path, disabled: ["scorin"], reader: ManifestReader(binaries: "/bin"))
        } throws: { error in
            "\(error)" == "'disabled' names 'scorin', which is no plugin; did you mean 'scoring'?"
        }
    }

    @Test func logLinesAreOneLineEach() {
        let entry = LineLog.Entry(
            at: WallClock.text(of: 1_622_480_399_999), level: "warning", speaker: "auction",
            pid: "42", message: "a \"b\"\n\u{1}", details: [(key: "k", value: "v")])
        #expect(entry.text.hasPrefix("2021-05-31T23:59:59.999+07:00 auction[42] warning: a "))
        #expect(
            entry.json
                == #"{"at":"2021-05-31T23:59:59.999+07:00","level":"warning","source":"auction","#
                + #""pid":"42","message":"a \"b\"\n\u0001","k":"v"}"#)
    }

    @Test func theLogOfAWorkerIsARing() {
        var limits = SupervisionLimits()
        limits.logLinesKept = 3
        let log = WorkerLog(
            limits: limits, log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        #expect(log.lines == [])
        for number in 1...5 { log.keep("\(number)") }
        #expect(log.lines == ["3", "4", "5"])
        #expect(log.last(2) == ["4", "5"])
        #expect(WorkerLog.printable("\u{1B}[31mđỏ\u{1B}[0m\tx\r") == "[31mđỏ[0m x")
    }

    @Test func aSlowJournalLosesTheOldestAndKeepsOrder() async {
        var limits = SupervisionLimits()
        limits.journalBacklog = 4
        let journal = RecordingJournal()
        let writer = JournalWriter(
            journal, limits: limits, log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        for number in 1...100 {
            writer.append(
                PluginEvent(
                    atMilliseconds: 0, plugin: "p", state: "READY", reason: "", pid: 0,
                    incarnation: number))
        }
        await writer.flush()
        let kept = await journal.events.map(\.incarnation)
        #expect(kept == kept.sorted())
        #expect(kept.suffix(4) == [97, 98, 99, 100])
    }
}
