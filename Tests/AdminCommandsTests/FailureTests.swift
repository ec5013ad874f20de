import Testing
import Wire

@testable import AdminCommands

@Suite("Exit codes")
struct FailureTests {
    @Test(
        "each status has its exit code",
        arguments: [
            (StatusCode.permissionDenied, "", Ending.refused),
            (.unauthenticated, "", .refused), (.failedPrecondition, "", .refused),
            (.failedPrecondition, "NO_CAMPAIGN", .failed),
            (.failedPrecondition, "STORE_NEWERSCHEMA", .configuration),
            (.failedPrecondition, "IMPORT_UNKNOWN", .failed),
            (.failedPrecondition, "IMPORT_BUILT_UPON", .refused),
            (.failedPrecondition, "IMPORT_RETRACTED", .refused),
            (.unavailable, "PLUGIN_STARTING", .unreachable),
            (.unavailable, "VERSION", .configuration), (.deadlineExceeded, "", .failed),
            (.notFound, "", .failed), (.invalidArgument, "", .failed), (.internal, "", .failed),
            (.unimplemented, "", .failed), (.resourceExhausted, "", .failed),
        ])
    func statuses(code: StatusCode, reason: String, status: Ending) {
        let trouble = Trouble(Failure(code, "x", field: "f", hint: "h", reason: reason))
        #expect(trouble.status == status)
        #expect(trouble.code == code.name)
        #expect(trouble.field == "f")
        #expect(trouble.hint == "h")
    }

    @Test("the numbers that scripts read")
    func numbers() {
        let numbers: [Ending] = [.ok, .failed, .usage, .unreachable, .refused, .configuration]
        #expect(numbers.map(\.rawValue) == [0, 1, 2, 3, 4, 78])
    }

    @Test("the domain's words stay as they are, the machinery's get a head")
    func words() {
        #expect(Trouble(Failure(.notFound, "không có đơn vị “X”")).message == "không có đơn vị “X”")
        #expect(Trouble(Failure(.unavailable, "m")).message == "hệ thống chưa phục vụ được: m")
        #expect(Trouble(Failure(.internal, "")).message.contains("không nói lý do"))
        #expect(Trouble(Failure(.deadlineExceeded, "m")).hint.contains("--timeout"))
    }
}
