import ArgumentParser
import Wire

/// `caodiem plugin logs ID [-f]`
struct PluginLogsCommand: FollowingCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "logs", abstract: FollowText.logs.text)
    }

    @OptionGroup var globals: GlobalOptions
    @Argument(help: FollowText.id.help) var id: String
    @Flag(name: [.short, .long], help: FollowText.follow.help) var follow = false
    @Option(name: [.short, .long], help: FollowText.lines.help) var lines: UInt32 = 0

    func receive(_ session: Session, _ say: @escaping @Sendable (Answer) async -> Void) async throws
    {
        var request = AdminV1.WatchLogRequest()
        request.id = id
        request.lines = lines
        request.follow = follow
        try await session.stream(
            AdminV1.Admin.watchLog, request, seconds: followSeconds
        ) { reply in
            if reply.dropped > 0 { await say(FollowAnswers.dropped(reply.dropped)) }
            for line in reply.lines { await say(FollowAnswers.line(id, line)) }
        }
    }
}

/// `caodiem plugin events [ID] [-f]`
struct PluginEventsCommand: FollowingCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "events", abstract: FollowText.events.text)
    }

    @OptionGroup var globals: GlobalOptions
    @Argument(help: FollowText.maybeID.help) var id: String?
    @Flag(name: [.short, .long], help: FollowText.follow.help) var follow = false
    @Option(name: [.short, .long], help: FollowText.count.help) var lines: UInt32 = 0

    func receive(_ session: Session, _ say: @escaping @Sendable (Answer) async -> Void) async throws
    {
        var request = AdminV1.WatchEventsRequest()
        request.id = id ?? ""
        request.limit = lines
        request.follow = follow
        try await session.stream(
            AdminV1.Admin.watchEvents, request, seconds: followSeconds
        ) { reply in
            if reply.dropped > 0 { await say(FollowAnswers.dropped(reply.dropped)) }
            for event in reply.events { await say(FollowAnswers.event(event)) }
        }
    }
}

/// A command whose answers come one by one, perhaps without end: a JSON object a line, or a line of text.
protocol FollowingCommand: FleetCommand {
    var follow: Bool { get }

    func receive(_ session: Session, _ say: @escaping @Sendable (Answer) async -> Void) async throws
}

extension FollowingCommand {
    /// A followed stream ends with `--timeout`, or not at all (0).
    var followSeconds: Int { globals.timeout ?? (follow ? 0 : Limits.callSeconds) }

    func answer(_ session: Session) async throws -> Answer {
        let spout = Spout(Console.current, globals.format)
        do {
            try await receive(session) { await spout.say($0) }
        } catch let failure as Failure
            where failure.code == .deadlineExceeded && follow && globals.timeout != nil
        {
            // The time that the operator gave is over: that is how it was to end.
        }
        return .said
    }
}

/// Writes answers as they come; stops writing when nobody reads any more.
private actor Spout {
    private let console: Console
    private let format: OutputFormat
    private var isOpen = true

    init(_ console: Console, _ format: OutputFormat) {
        self.console = console
        self.format = format
    }

    func say(_ answer: Answer) {
        guard isOpen else { return }
        let text =
            switch format {
            case .json: answer.json.written()
            case .text: answer.text(console.output)
            }
        isOpen = console.write(text + "\n")
    }
}

/// `caodiem.log-line/1` and `caodiem.event/1`: one a line.
enum FollowAnswers {
    static func line(_ id: String, _ line: String) -> Answer {
        Answer(
            .answer("log-line/1", [.init("plugin", .string(id)), .init("line", .string(line))])
        ) { _ in line.printable }
    }

    static func dropped(_ count: UInt64) -> Answer {
        Answer(.answer("dropped/1", [.init("dropped", .number(count))])) { terminal in
            terminal.styled(FollowText.dropped(count).text, .pending)
        }
    }

    static func event(_ event: AdminV1.Event) -> Answer {
        Answer(.answer("event/1", members(event))) { text(event, $0) }
    }

    private static func members(_ event: AdminV1.Event) -> [JSON.Member] {
        [
            .init("number", .number(event.number)),
            .init("at", .string(Formats.isoMoment(milliseconds: event.atMilliseconds))),
            .init("plugin", .string(event.plugin)),
            .init("event", .string(event.event)),
            .init("reason", .text(event.reason)),
            .init("pid", event.pid == 0 ? .null : .number(event.pid)),
            .init("incarnation", .number(event.incarnation)),
            .init("exit", event.exit.map(exit) ?? .null),
        ]
    }

    private static func exit(_ exit: AdminV1.ProcessExit) -> JSON {
        .object([
            .init("how", .string(exit.how)),
            .init("dumped_core", .bool(exit.dumpedCore)),
            .init("uptime_milliseconds", .number(exit.uptimeMilliseconds)),
            .init("user_milliseconds", .number(exit.userMilliseconds)),
            .init("system_milliseconds", .number(exit.systemMilliseconds)),
            .init("peak_memory_kib", .number(exit.peakMemoryKib)),
            .init("calls_in_flight", .number(exit.callsInFlight)),
            .init("last_lines", .list(exit.lastLines, JSON.string)),
        ])
    }

    private static func text(_ event: AdminV1.Event, _ terminal: Terminal) -> String {
        var line =
            Formats.moment(milliseconds: event.atMilliseconds) + "  " + event.plugin.padded(to: 12)
            + " "
            + terminal.styled(event.event.padded(to: 12), PluginAnswers.style(of: event.event))
        if event.pid != 0 { line += " " + FollowText.process(event.pid).text }
        if !event.reason.isEmpty { line += " " + event.reason.printable }
        guard let exit = event.exit else { return line }
        line += "\n    " + FollowText.exit(exit).text
        return ([line] + exit.lastLines.map { "    | " + $0.printable }).joined(separator: "\n")
    }
}

private enum FollowText {
    static let logs = Phrase(
        "Các dòng nhật ký gần đây của một thành phần.", "The latest log lines of a plugin.")
    static let events = Phrase(
        "Những gì đã xảy ra với các thành phần, kể cả trước khi điều phối viên chạy lại.",
        "What happened to the plugins, also before the coordinator's restart.")
    static let id = Phrase("Mã thành phần.", "Id of the plugin.")
    static let maybeID = Phrase(
        "Mã thành phần; tất cả nếu bỏ trống.", "Id of the plugin; all when left out.")
    static let follow = Phrase(
        "Theo dõi tiếp, đến khi ngắt hoặc hết --timeout.",
        "Go on with what comes, until interrupted or --timeout is over.")
    static let lines = Phrase(
        "Số dòng đã giữ để bắt đầu; mặc định tất cả.",
        "Kept lines to begin with; all unless given.")
    static let count = Phrase(
        "Số sự kiện gần nhất để bắt đầu; mặc định 50.",
        "Latest events to begin with; 50 unless given.")

    static func dropped(_ count: UInt64) -> Phrase {
        Phrase("… bỏ qua \(count) mục vì đến quá nhanh", "… \(count) left out: they came too fast")
    }

    static func process(_ pid: Int32) -> Phrase {
        Phrase("tiến trình \(pid)", "process \(pid)")
    }

    static func exit(_ exit: AdminV1.ProcessExit) -> Phrase {
        let up = Formats.duration(seconds: exit.uptimeMilliseconds / 1000)
        let core = exit.dumpedCore
        return Phrase(
            "kết thúc: \(exit.how)\(core ? ", có tệp core" : "") sau \(up); CPU "
                + "\(exit.userMilliseconds) + \(exit.systemMilliseconds) ms, bộ nhớ nhiều nhất "
                + "\(exit.peakMemoryKib) KiB, \(exit.callsInFlight) cuộc gọi dở dang",
            "ended: \(exit.how)\(core ? ", core dumped" : "") after \(up); CPU "
                + "\(exit.userMilliseconds) + \(exit.systemMilliseconds) ms, \(exit.peakMemoryKib) KiB "
                + "at most, \(exit.callsInFlight) calls in flight")
    }
}
