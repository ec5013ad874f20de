import ArgumentParser
import Reflection
import Synchronization
import Testing
import Wire

@testable import AdminCommands

/// A fleet that reflects the built-in definitions and answers each other call from a script.
private final class DefinedFleet: Dialler, Line {
    private let services: [String]
    private let hasReflection: Bool
    private let replies: [[UInt8]]
    private let failure: Failure?
    private let made = Mutex<[EncodedCall]>([])

    /// The calls but those of reflection.
    var calls: [EncodedCall] { made.withLock { $0 } }

    init(
        services: [String] = [ScoringV1.Scoring.serviceName, HealthV1.Health.serviceName],
        hasReflection: Bool = true, replies: [[UInt8]] = [], failure: Failure? = nil
    ) {
        self.services = services
        self.hasReflection = hasReflection
        self.replies = replies
        self.failure = failure
    }

    func dial(seconds: Int) async throws(Failure) -> any Line { self }
    func hangUp() async {}

    func call<Request, Reply>(
        _ method: Method<Request, Reply>, _ request: Request, seconds: Int,
        metadata: [WireV1.MetadataEntry]
    ) async throws(Failure) -> Reply {
        throw Failure(.internal, "no typed call is expected")
    }

    func stream<Request, Reply>(
        _ method: Method<Request, Reply>, _ request: Request, seconds: Int,
        _ receive: @Sendable (Reply) async -> Void
    ) async throws(Failure) {
        throw Failure(.internal, "no typed call is expected")
    }

    func exchange(
        _ call: EncodedCall, _ receive: @Sendable ([UInt8]) async throws(Failure) -> Void
    ) async throws(Failure) {
        if call.path.hasPrefix("/grpc.reflection.v1.ServerReflection/") {
            guard hasReflection else { throw Failure(.unimplemented, "not served") }
            for request in call.requests { try await receive(reflected(request)) }
            return
        }
        made.withLock { $0.append(call) }
        for reply in replies { try await receive(reply) }
        if let failure { throw failure }
    }

    private func reflected(_ request: [UInt8]) -> [UInt8] {
        var reply = ReflectionV1.ServerReflectionResponse()
        let question = try? ReflectionV1.ServerReflectionRequest(decoding: request)
        switch question?.messageRequest {
        case .listServices?:
            reply.messageResponse = .listServicesResponse(
                .with { $0.service = services.map { name in .with { $0.name = name } } })
        case .fileContainingSymbol(let name)?:
            let set = try? DescriptorSet(encoded: Descriptors.fileSet)
            if let set, let file = set.file(defining: name) {
                reply.messageResponse = .fileDescriptorResponse(
                    .with { $0.fileDescriptorProto = set.closure(of: file).map(\.encoded) })
            } else {
                reply.messageResponse = .errorResponse(.with { $0.errorCode = 5 })
            }
        default: break
        }
        return (try? reply.encoded()) ?? []
    }
}

/// `caodiem call`
@Suite("Calling by name") struct CallTests {
    /// Runs a command line against a fleet; gives what it printed, or the trouble it ended with.
    private func run(
        _ arguments: [String], _ fleet: DefinedFleet
    ) async throws -> Result<String, Trouble> {
        let output = Output()
        let console = Console(
            output: .plain, errors: .plain, environment: Environment([:]),
            write: {
                output.add($0)
                return true
            }, complain: { _ in })
        let parsed = try RootCommand.parseAsRoot(
            CallCommand.separated(arguments + ["--lang", "en"]))
        let command = try #require(parsed as? CallCommand)
        do {
            try await Language.$current.withValue(.en) {
                try await Console.$current.withValue(console) {
                    let session = Session(fleet, timeout: command.globals.timeout)
                    try await command.perform(session)
                }
            }
            return .success(output.text)
        } catch let trouble as Trouble {
            return .failure(trouble)
        } catch let failure as Failure {
            return .failure(Trouble(failure))
        }
    }

    private final class Output: Sendable {
        private let kept = Mutex("")
        var text: String { kept.withLock { $0 } }
        func add(_ more: String) { kept.withLock { $0 += more } }
    }

    private func check(_ service: String) throws -> [UInt8] {
        try HealthV1.HealthCheckRequest.with { $0.service = service }.encoded()
    }

    @Test func aUnaryCallSendsAndShowsJSON() async throws {
        let reply = try HealthV1.HealthCheckResponse.with { $0.status = .serving }.encoded()
        for name in [
            "grpc.health.v1.Health/Check", "/grpc.health.v1.Health/Check",
            "grpc.health.v1.Health.Check", "Health/Check", "Health.Check", "Check",
        ] {
            let fleet = DefinedFleet(replies: [reply])
            let said = try await run(
                [
                    "call", name, "--data", #"{"service":"a"}"#, "--format", "json",
                    "--metadata", "k=v=w", "--metadata", "k-bin=AP8=",
                ], fleet)
            #expect(try said.get() == "{\"status\":\"SERVING\"}\n")
            let made = try #require(fleet.calls.first)
            #expect(made.path == "/grpc.health.v1.Health/Check")
            #expect(made.requests == [try check("a")])
            #expect(made.seconds == Limits.callSeconds)
            #expect(made.metadata.map(\.key) == ["k", "k-bin"])
            #expect(made.metadata.map(\.value) == [Array("v=w".utf8), [0, 0xFF]])
        }
    }

    @Test func aStreamIsShownReplyByReplyAndHasNoEndOfItsOwn() async throws {
        let replies = try [HealthV1.HealthCheckResponse.ServingStatus.notServing, .serving].map {
            status in
            try HealthV1.HealthCheckResponse.with { $0.status = status }.encoded()
        }
        let fleet = DefinedFleet(replies: replies)
        let said = try await run(
            ["call", "grpc.health.v1.Health/Watch", "--format", "json"], fleet)
        #expect(try said.get() == "{\"status\":\"NOT_SERVING\"}\n{\"status\":\"SERVING\"}\n")
        #expect(fleet.calls.first?.requests == [[]])
        #expect(fleet.calls.first?.seconds == nil)
        let bounded = DefinedFleet()
        _ = try await run(["call", "grpc.health.v1.Health/Watch", "--timeout", "7"], bounded)
        #expect(bounded.calls.first?.seconds == 7)
    }

    @Test func aStreamOfRequestsTakesSeveralTexts() async throws {
        let service = ConformanceV1.Conformance.serviceName
        let fleet = DefinedFleet(services: [service])
        let json = #"{"payload":{"body":"AA=="}} {}"#
        _ = try await run(
            ["call", "StreamingInputCall", "--data", json, "--data={}"], fleet)
        #expect(fleet.calls.first?.requests == [[0x0A, 3, 0x0A, 1, 0], [], []])
        let none = DefinedFleet(services: [service])
        _ = try await run(["call", "StreamingInputCall"], none)
        #expect(none.calls.first?.requests == [])
    }

    @Test(arguments: [
        (["call", "Chekc"], "no service has a method “Chekc”", "did you mean “Check”?"),
        (["call", "Health/Chec"], "no service has a method", "did you mean “Health.Check”?"),
        (["call", "caodiem.admin.v1.Admin/Status"], "no service has a method", "--list"),
        (["call", "Check", "--data", #"{"servise":""}"#], "has no field “servise”", "“service”"),
        (["call", "Check", "--data", "{"], "no JSON, line 1", ""),
        (["call", "Check", "--data", "{} {}"], "exactly one message, there are 2", ""),
        (["call", "Check", "--data", ""], "exactly one message, there are 0", ""),
        (["call", "Check", "--metadata", "Key=1"], "metadata Key=1", "small letters"),
        (["call", "Check", "--metadata", "k-bin=!"], "metadata k-bin=!", "base64"),
        (["call", "Check", "--metadata", "k"], "metadata k is not", ""),
        (["call"], "not said what to call", "--list"),
        (["call", "--describe", "HealthCheckReques"], "nothing is defined", "HealthCheckRequest"),
        (["call", "--list", "Helth"], "nothing is defined", "Health"),
    ])
    func whatIsTypedWrongIsAUsageError(
        _ arguments: [String], _ message: String, _ hint: String
    ) async throws {
        let fleet = DefinedFleet()
        guard case .failure(let trouble) = try await run(arguments, fleet) else {
            Issue.record("\(arguments) was taken")
            return
        }
        #expect(trouble.status == .usage)
        #expect(trouble.message.contains(message), "\(trouble)")
        #expect(trouble.hint.contains(hint), "\(trouble)")
        #expect(fleet.calls.isEmpty)
    }

    @Test func failuresKeepTheirExitCodes() async throws {
        for (failure, status) in [
            (Failure(.permissionDenied, "no", hint: "ask"), Ending.refused),
            (Failure(.unavailable, "gone"), .unreachable), (Failure(.notFound, "none"), .failed),
        ] {
            guard
                case .failure(let trouble) = try await run(
                    ["call", "Check"], DefinedFleet(failure: failure))
            else {
                Issue.record("\(failure) was lost")
                continue
            }
            #expect(trouble.status == status)
        }
    }

    @Test func aCoordinatorWithoutReflectionHasOurDefinitions() async throws {
        let reply = try HealthV1.HealthCheckResponse().encoded()
        let fleet = DefinedFleet(hasReflection: false, replies: [reply])
        let said = try await run(["call", "Health.Check", "--format", "json"], fleet)
        #expect(try said.get() == "{}\n")
    }

    @Test func methodsAreListedAndDefinitionsDescribed() async throws {
        let list = try await run(["call", "--list", "Health", "--format", "json"], DefinedFleet())
        #expect(
            try list.get().hasPrefix(#"{"schema":"caodiem.methods/1","services":[{"name":"grpc."#))
        let unknown = try await run(["call", "--list"], DefinedFleet(services: ["other.v1.Thing"]))
        #expect(try unknown.get() == "other.v1.Thing  (no definition is known)\n")
        let described = try await run(["call", "--describe", "Health.Check"], DefinedFleet())
        #expect(
            try described.get() == """
                rpc Check(grpc.health.v1.HealthCheckRequest) returns \
                (grpc.health.v1.HealthCheckResponse);

                message grpc.health.v1.HealthCheckRequest {
                  string service = 1;
                }

                message grpc.health.v1.HealthCheckResponse {
                  grpc.health.v1.HealthCheckResponse.ServingStatus status = 1;
                }

                """)
        let map = try await run(["call", "--describe", "HealthListResponse"], DefinedFleet())
        #expect(
            try map.get().contains("map<string, grpc.health.v1.HealthCheckResponse> statuses = 1;"))
    }

    @Test(arguments: [
        (["call", "M", "--data", "x"], ["call", "M", "--message", "x"]),
        (["--data", "d", "call", "M", "--data=x"], ["--data", "d", "call", "M", "--message=x"]),
        (["--lang=en", "call", "--data", "x"], ["--lang=en", "call", "--message", "x"]),
        (["--data", "call", "status"], ["--data", "call", "status"]),
        (["status", "--data", "d"], ["status", "--data", "d"]),
        (["import", "call", "--data", "d"], ["import", "call", "--data", "d"]),
    ])
    func dataIsTheMessageOnlyAfterCall(_ typed: [String], _ parsed: [String]) {
        #expect(CallCommand.separated(typed) == parsed)
    }
}
