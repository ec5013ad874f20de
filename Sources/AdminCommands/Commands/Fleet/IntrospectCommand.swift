import ArgumentParser
import Wire

/// `caodiem introspect`: connections, calls that wait or run, queues, the last calls that failed.
struct IntrospectCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "introspect", abstract: IntrospectText.abstract.text)
    }

    @OptionGroup var globals: GlobalOptions

    func answer(_ session: Session) async throws -> Answer {
        IntrospectAnswer.of(try await session.read(AdminV1.Admin.introspect, .init()))
    }
}

/// `caodiem.introspect/1`
enum IntrospectAnswer {
    static func of(_ reply: AdminV1.IntrospectReply) -> Answer {
        Answer(
            .answer(
                "introspect/1",
                [
                    .init("connections", .list(reply.connections, connection)),
                    .init("calls", .list(reply.calls, call)),
                    .init("queues", .list(reply.queues, queue)),
                    .init("failures", .list(reply.failures, failure)),
                ])
        ) { text(reply, $0) }
    }

    private static func connection(_ link: AdminV1.Connection) -> JSON {
        .object([
            .init("role", .string(link.role)), .init("software", .text(link.software)),
            .init("principal", .string(link.principal)),
            .init("pid", link.pid == 0 ? .null : .number(link.pid)),
            .init("streams", .number(link.streams)), .init("window", .number(link.window)),
            .init("peer_window", .number(link.peerWindow)),
            .init("accepts_calls", .bool(link.acceptsCalls)),
        ])
    }

    private static func call(_ call: AdminV1.OpenCall) -> JSON {
        .object([
            .init("path", .string(call.path)), .init("principal", .string(call.principal)),
            .init("plugin", .string(call.plugin)), .init("request_id", .string(call.requestID)),
            .init("state", .string(call.state)),
            .init("age_milliseconds", .number(call.ageMilliseconds)),
            .init(
                "remaining_milliseconds",
                call.remainingMilliseconds == 0 ? .null : .number(call.remainingMilliseconds)),
            .init("bytes_in", .number(call.bytesIn)), .init("bytes_out", .number(call.bytesOut)),
        ])
    }

    private static func queue(_ queue: AdminV1.QueueState) -> JSON {
        .object([
            .init("plugin", .string(queue.plugin)), .init("open_calls", .number(queue.openCalls)),
            .init("slots", .number(queue.slots)), .init("waiting", .number(queue.waiting)),
            .init("queue_limit", .number(queue.queueLimit)),
            .init("refused", .number(queue.refused)), .init("evicted", .number(queue.evicted)),
            .init("expected_wait_milliseconds", .number(queue.expectedWaitMilliseconds)),
        ])
    }

    private static func failure(_ call: AdminV1.FailedCall) -> JSON {
        .object([
            .init("at", .string(Formats.isoMoment(milliseconds: call.atMilliseconds))),
            .init("path", .string(call.path)), .init("principal", .string(call.principal)),
            .init("plugin", .string(call.plugin)), .init("code", .string(call.code)),
            .init("reason", .text(call.reason)),
        ])
    }

    // MARK: Text

    private static func text(_ reply: AdminV1.IntrospectReply, _ terminal: Terminal) -> String {
        [
            section(IntrospectText.connections, connections(reply.connections), terminal),
            section(IntrospectText.queues, queues(reply.queues), terminal),
            section(IntrospectText.calls, calls(reply.calls), terminal),
            section(IntrospectText.failures, failures(reply.failures), terminal),
        ].joined(separator: "\n\n")
    }

    private static func section(
        _ title: Phrase, _ table: Table?, _ terminal: Terminal
    ) -> String {
        terminal.styled(title.text, .strong) + "\n"
            + (table?.rendered(on: terminal) ?? IntrospectText.none.text)
    }

    private static func connections(_ links: [AdminV1.Connection]) -> Table? {
        guard !links.isEmpty else { return nil }
        var table = Table([
            Column(IntrospectText.role), Column(IntrospectText.who),
            Column(IntrospectText.process, .right), Column(IntrospectText.streams, .right),
            Column(IntrospectText.window, .right, dropOrder: 1),
            Column(IntrospectText.software, dropOrder: 2),
        ])
        for link in links {
            table.add([
                Cell(link.role), Cell(link.principal),
                Cell(link.pid == 0 ? Formats.absent : String(link.pid)),
                Cell(Formats.count(link.streams)),
                Cell("\(Formats.count(link.window))/\(Formats.count(link.peerWindow))"),
                Cell(link.software),
            ])
        }
        return table
    }

    private static func queues(_ queues: [AdminV1.QueueState]) -> Table? {
        guard !queues.isEmpty else { return nil }
        var table = Table([
            Column(IntrospectText.plugin), Column(IntrospectText.running, .right),
            Column(IntrospectText.waiting, .right), Column(IntrospectText.refused, .right),
            Column(IntrospectText.expected, .right, dropOrder: 1),
        ])
        for queue in queues {
            table.add([
                Cell(queue.plugin),
                Cell("\(Formats.count(queue.openCalls))/\(Formats.count(queue.slots))"),
                Cell("\(Formats.count(queue.waiting))/\(Formats.count(queue.queueLimit))"),
                Cell(Formats.count(queue.refused + queue.evicted)),
                Cell("\(Formats.count(queue.expectedWaitMilliseconds)) ms"),
            ])
        }
        return table
    }

    private static func calls(_ calls: [AdminV1.OpenCall]) -> Table? {
        guard !calls.isEmpty else { return nil }
        var table = Table([
            Column(IntrospectText.method), Column(IntrospectText.who),
            Column(IntrospectText.state), Column(IntrospectText.age, .right),
            Column(IntrospectText.left, .right, dropOrder: 1),
            Column(IntrospectText.bytes, .right, dropOrder: 2),
        ])
        for call in calls {
            table.add([
                Cell(call.path), Cell(call.principal), Cell(call.state),
                Cell("\(Formats.count(call.ageMilliseconds)) ms"),
                Cell(
                    call.remainingMilliseconds == 0
                        ? Formats.absent : "\(Formats.count(call.remainingMilliseconds)) ms"),
                Cell("\(Formats.count(call.bytesIn))/\(Formats.count(call.bytesOut))"),
            ])
        }
        return table
    }

    private static func failures(_ calls: [AdminV1.FailedCall]) -> Table? {
        guard !calls.isEmpty else { return nil }
        var table = Table([
            Column(IntrospectText.at), Column(IntrospectText.method), Column(IntrospectText.who),
            Column(IntrospectText.code),
        ])
        for call in calls {
            let code = call.reason.isEmpty ? call.code : "\(call.code) (\(call.reason))"
            table.add([
                Cell(Formats.moment(milliseconds: call.atMilliseconds)), Cell(call.path),
                Cell(call.principal), Cell(code),
            ])
        }
        return table
    }
}

private enum IntrospectText {
    static let abstract = Phrase(
        "Kết nối, cuộc gọi đang chờ hoặc đang chạy, hàng đợi, các cuộc gọi hỏng gần đây.",
        "Connections, calls that wait or run, queues, the last calls that failed.")
    static let connections = Phrase("Kết nối", "Connections")
    static let queues = Phrase("Hàng đợi", "Queues")
    static let calls = Phrase("Cuộc gọi đang mở", "Open calls")
    static let failures = Phrase("Cuộc gọi hỏng gần đây", "Calls that failed lately")
    static let none = Phrase("không có", "none")
    static let role = Phrase("Vai", "Role")
    static let who = Phrase("Ai", "Who")
    static let process = Phrase("Tiến trình", "Process")
    static let streams = Phrase("Luồng", "Streams")
    static let window = Phrase("Cửa sổ vào/ra", "Window in/out")
    static let software = Phrase("Phần mềm", "Software")
    static let plugin = Phrase("Thành phần", "Plugin")
    static let running = Phrase("Đang chạy", "Running")
    static let waiting = Phrase("Đang chờ", "Waiting")
    static let refused = Phrase("Từ chối", "Refused")
    static let expected = Phrase("Chờ dự kiến", "Expected wait")
    static let method = Phrase("Phương thức", "Method")
    static let state = Phrase("Trạng thái", "State")
    static let age = Phrase("Tuổi", "Age")
    static let left = Phrase("Còn lại", "Left")
    static let bytes = Phrase("Byte vào/ra", "Bytes in/out")
    static let at = Phrase("Lúc", "At")
    static let code = Phrase("Mã", "Code")
}
