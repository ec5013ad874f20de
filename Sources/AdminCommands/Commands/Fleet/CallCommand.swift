import ArgumentParser
import Reflection
import Wire

/// `caodiem call METHOD --data JSON|@FILE`: any method of any service, by its name.
struct CallCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "call", abstract: CallText.abstract.text,
            usage: """
                caodiem [--data DIR] call METHOD [--data JSON|@FILE] [--metadata KEY=VALUE …]
                caodiem [--data DIR] call --list [SERVICE]
                caodiem [--data DIR] call --describe NAME
                """,
            discussion: CallText.discussion.text)
    }

    @OptionGroup var globals: GlobalOptions
    @Argument(help: CallText.method.help) var method: String?
    @Option(help: CallText.message.help) var message: [String] = []
    @Option(help: CallText.metadata.help) var metadata: [String] = []
    @Flag(help: CallText.list.help) var list = false
    @Option(help: CallText.describe.help) var describe: String?

    /// After the command's name, `--data` is the call's message and no longer the fleet's folder:
    /// it becomes `--message`, which the parser can tell apart.
    static func separated(_ arguments: [String]) -> [String] {
        let taking: Set = ["--data", "--endpoint", "--format", "--lang", "--timeout"]
        var place = arguments.startIndex
        while place < arguments.endIndex, arguments[place].hasPrefix("-") {
            place += taking.contains(arguments[place]) ? 2 : 1
        }
        guard place < arguments.endIndex, arguments[place] == "call" else { return arguments }
        return arguments[...place]
            + arguments[(place + 1)...].map { argument in
                if argument == "--data" { return "--message" }
                let start = "--data="
                return argument.hasPrefix(start)
                    ? "--message=" + argument.dropFirst(start.count) : argument
            }
    }

    func run() async throws {
        let session = try Session(globals, Console.current.environment)
        do {
            try await perform(session)
            await session.close()
        } catch {
            await session.close()
            throw error
        }
    }

    /// Does what the options ask for and shows it.
    func perform(_ session: Session) async throws {
        let known = try await FleetDefinitions.ask(
            session, seconds: globals.timeout ?? Limits.callSeconds)
        if list {
            let answer = try Definitions.list(known, service: method)
            try Console.current.show(answer, as: globals.format)
        } else if let describe {
            let answer = try Definitions.describe(known, name: describe)
            try Console.current.show(answer, as: globals.format)
        } else {
            guard let method else {
                throw Trouble.usage(CallText.noMethod, hint: CallText.noMethodHint)
            }
            try await call(method, known, session)
        }
    }

    private func call(_ name: String, _ known: FleetDefinitions, _ session: Session) async throws {
        let method = try Definitions.refusing(field: "METHOD") { () throws(ReflectionFailure) in
            try known.definitions.method(matching: name, in: known.services)
        }
        let codec = MessageCodec(known.definitions)
        let isPretty = globals.format == .text
        let encoded = EncodedCall(
            path: method.path, requests: try requests(of: method, codec), seconds: seconds(method),
            metadata: try CallMetadata.entries(metadata))
        let console = Console.current
        try await session.exchange(encoded) { bytes async throws(Failure) in
            do throws(ReflectionFailure) {
                try CallCommand.say(
                    try codec.json(of: bytes, as: method.reply, isPretty: isPretty), on: console)
            } catch {
                throw Failure(.internal, "a reply cannot be shown: \(error.message)")
            }
        }
    }

    /// A closed output ends the call as a failure of ours; the console says which.
    private static func say(_ text: String, on console: Console) throws(ReflectionFailure) {
        do throws(Trouble) {
            try console.say(text)
        } catch {
            throw ReflectionFailure(error.message)
        }
    }

    /// A stream goes on as long as it likes unless a time is given.
    private func seconds(_ method: MethodDescriptor) -> Int? {
        let isStream = method.isClientStreaming || method.isServerStreaming
        return globals.timeout ?? (isStream ? nil : Limits.callSeconds)
    }

    private func requests(
        of method: MethodDescriptor, _ codec: MessageCodec
    ) throws(Trouble) -> [[UInt8]] {
        var texts: [[UInt8]] = []
        for text in message { texts.append(try CallMessage.json(text)) }
        if message.isEmpty, !method.isClientStreaming { texts = [Array("{}".utf8)] }
        let json = Array(texts.joined(separator: [UInt8(ascii: "\n")]))
        let requests = try Definitions.refusing(field: "--data") { () throws(ReflectionFailure) in
            try codec.encoded(json: json, as: method.request)
        }
        guard method.isClientStreaming || requests.count == 1 else {
            throw Trouble.usage(
                CallText.oneMessage(method.path, requests.count), field: "--data")
        }
        return requests
    }
}

private enum CallText {
    static let abstract = Phrase(
        "Gọi một phương thức bất kỳ theo tên.", "Calls any method by its name.")
    static let discussion = Phrase(
        """
        METHOD là package.Service/Method, hoặc phần cuối không trùng: Service.Method, Method.
        Sau chữ call, --data là thông điệp JSON; --data của thư mục dữ liệu đặt trước chữ call.
        Mỗi trả lời in ra một văn bản JSON (proto3). Luồng yêu cầu: nhiều văn bản JSON nối nhau.
        """,
        """
        METHOD is package.Service/Method, or an end of it that only one has: Service.Method, Method.
        After the word call, --data is the message as JSON; the data folder's --data goes before it.
        Each reply is printed as one JSON text (proto3). A stream of requests: several JSON texts.
        """)
    static let method = Phrase("Tên phương thức.", "Name of the method.")
    static let message = Phrase(
        "Thông điệp JSON, @TỆP hoặc @- (đầu vào chuẩn); viết --data cũng được.",
        "The message as JSON, @FILE or @- for standard input; --data is the same here.")
    static let metadata = Phrase(
        "Siêu dữ liệu KHÓA=GIÁ_TRỊ; khóa -bin lấy base64.",
        "Metadata as KEY=VALUE; -bin keys take base64.")
    static let list = Phrase(
        "Liệt kê các phương thức (của SERVICE).", "Lists the methods (of SERVICE).")
    static let describe = Phrase(
        "Định nghĩa của một tên, dạng proto.", "The definition of a name, as a proto has it.")
    static let noMethod = Phrase("chưa nói gọi phương thức nào", "it is not said what to call")
    static let noMethodHint = Phrase(
        "xem caodiem call --list", "see caodiem call --list")
    static func oneMessage(_ path: String, _ count: Int) -> Phrase {
        Phrase(
            "\(path) nhận đúng một thông điệp, có \(count)",
            "\(path) takes exactly one message, there are \(count)")
    }
}
