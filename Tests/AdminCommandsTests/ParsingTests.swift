import ArgumentParser
import Testing
import Wire

@testable import AdminCommands

@Suite("Command lines")
struct ParsingTests {
    private func parsed<Command>(_ line: String, as type: Command.Type = Command.self) throws
        -> Command
    {
        let command = try RootCommand.parseAsRoot(line.split(separator: " ").map(String.init))
        return try #require(command as? Command, "\(line) is \(command)")
    }

    @Test(
        "global options stand before the command or after it",
        arguments: [
            "--data D --format json --timeout 5 status --wait",
            "status --wait --data D --format json --timeout 5",
            "--data D status --format json --wait --timeout=5",
            "--format=json status --timeout 5 --data=D --wait",
        ])
    func globals(line: String) throws {
        let command: StatusCommand = try parsed(line)
        #expect(command.globals.data == "D")
        #expect(command.globals.format == .json)
        #expect(command.globals.timeout == 5)
        #expect(command.wait)
    }

    @Test(
        "and at every level of a nested command",
        arguments: [
            "--data D auction gaps --past --unit U --as-of 31/5/2021",
            "auction --data D gaps --past --as-of 2021-05-31 --unit U",
            "auction gaps --unit U --past --as-of 2021-05-31 --data D",
        ])
    func nested(line: String) throws {
        let command: AuctionGapsCommand = try parsed(line)
        #expect(command.globals.data == "D")
        #expect(command.past)
        #expect(command.scope.unit.wire == "U")
        #expect(command.scope.day.wire == "2021-05-31")
    }

    @Test("score is a command and the parent of explain")
    func score() throws {
        let board: ScoreCommand = try parsed("score --data D --campaign C --as-of 2021-05-31")
        #expect(board.campaign.wire == "C")
        #expect(board.day.wire == "2021-05-31")
        #expect(board.unit.unit == nil)
        for line in [
            "score explain --target T --unit U --as-of 2021-05-31 --data D",
            "--data D score --unit U --as-of 2021-05-31 explain --target T",
            "score --data D explain --unit U --as-of 31/5/2021 --target T",
        ] {
            let explain: ScoreExplainCommand = try parsed(line)
            #expect(explain.target == "T")
            #expect(explain.unit.wire == "U")
            #expect(explain.day.wire == "2021-05-31")
            #expect(explain.globals.data == "D")
        }
    }

    @Test("every other command parses")
    func others() throws {
        let _: PluginListCommand = try parsed("plugin list --data D")
        let show: PluginShowCommand = try parsed("plugin show scoring --data D")
        #expect(show.id == "scoring")
        let restart: PluginRestartCommand = try parsed("--data D plugin restart scoring")
        #expect(restart.globals.data == "D")
        let apply: CampaignApplyCommand = try parsed("campaign apply -f plan.yaml --data D")
        #expect(apply.file == "plan.yaml")
        #expect(apply.globals.data == "D")
        let _: CampaignShowCommand = try parsed("campaign show")
        let load: ImportFilesCommand = try parsed(
            "--data D import a.csv b --kind cases --dry-run --errors e.csv --encoding tcvn3")
        #expect(load.paths == ["a.csv", "b"])
        #expect(load.kind == "cases")
        #expect(load.dryRun)
        #expect(load.errors == "e.csv")
        #expect(load.encoding == .tcvn3)
        let _: AuctionListCommand = try parsed("auction list --unit U")
        let next: AuctionNextCommand = try parsed("auction next --unit U --as-of 1/3/2021")
        let forecast: AuctionSimulateCommand = try parsed(
            "auction simulate ST05 12/QĐ-CCTHADS TS1 --reduction 5% --as-of 1/3/2021")
        #expect(forecast.assetNo == "TS1" && forecast.reduction == "5%")
        let _: AuctionOutlookCommand = try parsed("auction outlook --unit U --format json")
        let house: AuctionHouseShowCommand = try parsed("auction house show DG01 --unit U")
        #expect(house.code == "DG01")
        let _: AuctionAppraiserListCommand = try parsed("auction appraiser list --as-of 1/3/2021")
        let _: AuctionSignalsCommand = try parsed("auction signals --unit U")
        #expect(next.scope.day.wire == "2021-03-01")
        let record: AuctionRecordCommand = try parsed(
            "auction record auction-contract U 1/QĐ 2 --on 30/3/2021 --house H")
        #expect(record.asset.assetNo == "2")
        #expect(record.on?.iso == "2021-03-30")
        #expect(record.figures.request.auctionHouse == "H")
        let track: AuctionShowCommand = try parsed("auction show U 1/QĐ 2 --as-of 2021-05-31")
        #expect(track.asset.decisionNo == "1/QĐ")
        let watch: AuctionWatchCommand = try parsed("auction watch --unit U")
        #expect(watch.follow)
        let rank: EmulationRankCommand = try parsed("emulation rank --cluster 1 --lang en")
        #expect(rank.cluster == "1")
        #expect(rank.globals.lang == .en)
        let one: CaseShowCommand = try parsed("case show ST05 12/QĐ-CCTHADS --as-of 2021-05-31")
        #expect(one.unit == "ST05")
        #expect(one.decisionNo == "12/QĐ-CCTHADS")
        let _: VersionCommand = try parsed("version --format json")
        let shell: CompletionCommand = try parsed("completion zsh")
        #expect(shell.shell == .zsh)
    }

    @Test(
        "what cannot be understood is a usage error with one message",
        arguments: [
            "bogus", "score --nope", "score --as-of 2021-02-30", "score explain --unit U",
            "score explain --target T", "case show ST05", "import", "--timeout 0 status",
            "--format yaml status", "import a.csv --encoding latin1", "campaign apply",
            "completion tcsh", "status", "--endpoint tcp:1 status",
            "import a.csv --errors e.txt --data D",
        ])
    func usage(line: String) async {
        let ran = await Run.of(line)
        #expect(ran.status == .usage)
        #expect(ran.output == "")
        #expect(ran.errors.hasPrefix("lỗi: "))
        #expect(ran.errors.split(separator: "\n").count <= 2)
    }

    @Test("usage errors are JSON with --format json, wherever it stands")
    func usageJSON() async {
        for line in ["--format json bogus", "score --nope --format=json"] {
            let ran = await Run.of(line)
            #expect(ran.errors.hasPrefix(#"{"schema":"caodiem.error/1","code":"USAGE","#))
        }
    }

    @Test("help, completion and version need no fleet")
    func withoutFleet() async {
        let help = await Run.of("score --help")
        #expect(help.status == .ok)
        #expect(help.output.contains("Bảng kết quả"))
        let english = await Run.of("--lang en score --help")
        #expect(english.output.contains("Each unit against each target"))
        let bash = await Run.of("completion bash")
        #expect(bash.output.contains("caodiem"))
        let script = await Run.of("--generate-completion-script fish")
        #expect(script.status == .ok)
        #expect(script.output.contains("caodiem"))
        let version = await Run.of("version --format json")
        #expect(version.status == .ok)
        #expect(version.output.hasPrefix(#"{"schema":"caodiem.version/1""#))
    }

    @Test("nobody there is 3, a data folder that is a file is 78")
    func places() async {
        let silent = await Run.of("--data /nonexistent/caodiem status")
        #expect(silent.status == .unreachable)
        #expect(silent.errors.contains("/nonexistent/caodiem/run/caodiem.sock"))
        let waiting = await Run.of("--data /nonexistent/caodiem status --wait --timeout 1")
        #expect(waiting.status == .unreachable)
        let file = await Run.of("--data /etc/hostname status")
        #expect(file.status == .configuration)
        let variable = await Run.of("status", environment: ["CAODIEM_DATA": "/nonexistent/x"])
        #expect(variable.status == .unreachable)
        #expect(variable.errors.contains("/nonexistent/x/run/caodiem.sock"))
    }
}
