import Glibc
import Synchronization
import Testing
import Wire

@testable import AdminCommands

/// An ingestion service that keeps what it is sent and fails where it is told to.
private actor FakeService: ImportService {
    enum Fault {
        /// The worker is gone before it did anything.
        case lost
        /// It did what was asked, but the answer was lost.
        case lostAnswer
        /// It forgets the import.
        case forgotten
        case broken
    }

    /// What comes of a commit that does not wait for all bytes.
    enum EarlyEnd { case whenAllIsThere, atOnce, failure }

    /// What happens at the n-th call, counted from 1.
    private var faults: [Int: Fault]
    private let earlyEnd: EarlyEnd
    private var calls = 0
    private var stored: [[UInt8]] = []
    private var imports = 0
    private(set) var log: [String] = []

    init(_ faults: [Int: Fault] = [:], earlyEnd: EarlyEnd = .failure) {
        self.faults = faults
        self.earlyEnd = earlyEnd
    }

    var contents: [[UInt8]] { stored }

    private func fault() throws(Failure) -> Fault? {
        calls += 1
        switch faults[calls] {
        case .lost: throw Failure(.unavailable, "lost", retryable: true, reason: "WORKER_LOST")
        case .broken: throw Failure(.invalidArgument, "broken")
        case .forgotten:
            imports += 1
            stored = []
            return .forgotten
        case .lostAnswer: return .lostAnswer
        case nil: return nil
        }
    }

    private func answer<Reply>(_ fault: Fault?, _ reply: Reply) throws(Failure) -> Reply {
        if fault == .lostAnswer {
            throw Failure(.unavailable, "lost", retryable: true, reason: "CONNECTION_LOST")
        }
        return reply
    }

    func begin(
        _ request: IngestionV1.BeginRequest
    ) async throws(Failure) -> IngestionV1.BeginReply {
        log.append("begin")
        let fault = try fault()
        imports += 1
        stored = request.files.map { _ in [] }
        var reply = IngestionV1.BeginReply()
        reply.importID = "i\(imports)"
        reply.maxChunk = 2048
        return try answer(fault, reply)
    }

    func append(
        _ request: IngestionV1.AppendRequest
    ) async throws(Failure) -> IngestionV1.AppendReply {
        log.append(request.chunk.isEmpty ? "ask" : "append")
        let fault = try fault()
        try check(request.importID)
        let file = Int(request.file)
        guard request.offset <= stored[file].count else {
            throw Failure(.outOfRange, "gap", field: "offset", reason: "IMPORT_OFFSET")
        }
        if request.offset == stored[file].count { stored[file] += request.chunk }
        var reply = IngestionV1.AppendReply()
        reply.size = UInt64(stored[file].count)
        return try answer(fault, reply)
    }

    func commit(
        _ request: IngestionV1.CommitRequest,
        _ receive: @Sendable (IngestionV1.Progress) async -> Void
    ) async throws(Failure) -> IngestionV1.Result {
        if request.arriving { return try await early() }
        log.append("commit")
        let fault = try fault()
        try check(request.importID)
        await receive(IngestionV1.Progress())
        var result = IngestionV1.Result()
        result.status = "applied"
        return try answer(fault, result)
    }

    private func early() async throws(Failure) -> IngestionV1.Result {
        log.append("early")
        switch earlyEnd {
        case .failure: throw Failure(.failedPrecondition, "bytes are missing", field: "import_id")
        case .atOnce: stored = []
        case .whenAllIsThere:
            while stored.reduce(0, { $0 + $1.count }) < UploadTests.size, !Task.isCancelled {
                await Task.yield()
            }
        }
        var result = IngestionV1.Result()
        result.status = "early"
        return result
    }

    private func check(_ id: String) throws(Failure) {
        guard id == "i\(imports)", !stored.isEmpty else {
            throw Failure(.notFound, "no import \(id)", reason: "IMPORT_UNKNOWN")
        }
    }
}

/// A clock that only moves when somebody waits.
private final class FakeClock: Sendable {
    private let time = Mutex(ContinuousClock.now)

    var pace: Pace {
        Pace(
            now: { self.time.withLock { $0 } },
            pause: { duration in self.time.withLock { $0 += duration } })
    }
}

@Suite("Sending an import")
struct UploadTests {
    private static let contents: [[UInt8]] = [
        (0..<5_000).map { UInt8(truncatingIfNeeded: $0) }, [], Array("một\n".utf8),
    ]

    fileprivate static var size: Int { contents.reduce(0) { $0 + $1.count } }

    /// Three files, one of them empty, in a folder that goes away afterwards.
    private func sent(
        _ service: FakeService, overlaps: Bool = false
    ) async throws -> IngestionV1.Result {
        var template = Array("/tmp/caodiem-upload-XXXXXX".utf8CString)
        let folder = try #require(mkdtemp(&template).map { String(cString: $0) })
        defer { rmdir(folder) }
        var files: [SourceFile] = []
        for (number, bytes) in Self.contents.enumerated() {
            let path = "\(folder)/\(number)"
            let descriptor = open(path, O_WRONLY | O_CREAT, 0o600)
            try #require(write(descriptor, bytes, bytes.count) == bytes.count)
            close(descriptor)
            files.append(try SourceFile(path: path))
            unlink(path)
        }
        var request = IngestionV1.BeginRequest()
        request.files = files.map { file in
            var offer = IngestionV1.FileOffer()
            offer.size = file.size
            return offer
        }
        return try await Upload(
            service: service, files: files, request: request, pace: FakeClock().pace,
            overlaps: overlaps, progress: { _ in }
        ).run()
    }

    @Test("all bytes arrive, in chunks under the server's limit")
    func plain() async throws {
        let service = FakeService()
        #expect(try await sent(service).status == "applied")
        #expect(await service.contents == Self.contents)
        #expect(
            await service.log == ["begin"] + Array(repeating: "append", count: 6) + ["commit"])
    }

    @Test("a loss at any call is made good", arguments: 1...8)
    func loss(call: Int) async throws {
        for fault in [FakeService.Fault.lost, .lostAnswer] {
            let service = FakeService([call: fault])
            #expect(try await sent(service).status == "applied")
            #expect(await service.contents == Self.contents)
        }
    }

    @Test("an import that the server forgot begins again", arguments: 2...8)
    func forgotten(call: Int) async throws {
        let service = FakeService([call: .forgotten])
        #expect(try await sent(service).status == "applied")
        #expect(await service.contents == Self.contents)
        #expect(await service.log.filter { $0 == "begin" }.count == 2)
    }

    @Test("an import is committed once, while its bytes are sent")
    func early() async throws {
        let service = FakeService(earlyEnd: .whenAllIsThere)
        #expect(try await sent(service, overlaps: true).status == "early")
        #expect(await service.contents == Self.contents)
        #expect(await service.log.filter { $0 == "commit" }.isEmpty)
    }

    @Test("an import that is over before all bytes were sent needs no more of them")
    func earlyEnd() async throws {
        let service = FakeService(earlyEnd: .atOnce)
        #expect(try await sent(service, overlaps: true).status == "early")
        #expect(await service.log.filter { $0 == "begin" }.count == 1)
    }

    @Test("when the early commit fails, the usual one follows", arguments: 2...9)
    func earlyFailure(call: Int) async throws {
        for fault in [FakeService.Fault.lost, .lostAnswer, .forgotten] {
            let service = FakeService([call: fault])
            #expect(try await sent(service, overlaps: true).status == "applied")
            #expect(await service.contents == Self.contents)
        }
    }

    @Test("what no repetition can mend ends at once")
    func broken() async {
        let service = FakeService([2: .broken])
        await #expect(throws: Failure.self) { try await sent(service) }
        #expect(await service.log == ["begin", "append"])
    }

    @Test("a fleet that stays away is given up after a minute, and so is one that forgets")
    func givenUp() async {
        let away = FakeService(Dictionary(uniqueKeysWithValues: (2...500).map { ($0, .lost) }))
        await #expect(throws: Failure.self) { try await sent(away) }
        let tries = await away.log.count
        #expect((10...60).contains(tries))
        let forgetful = FakeService(
            Dictionary(uniqueKeysWithValues: (1...50).map { ($0 * 2, .forgotten) }))
        await #expect(throws: Failure.self) { try await sent(forgetful) }
        #expect(await forgetful.log.filter { $0 == "begin" }.count == Limits.importSetbacks + 1)
    }

    @Test("files are read in pieces and hashed as they are")
    func source() throws {
        let path = "/tmp/caodiem-source-\(getpid())"
        try TargetFile.write("abc", to: path)
        defer { unlink(path) }
        let file = try SourceFile(path: path)
        #expect(
            try file.sha256() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(try file.read(at: 1, count: 10) == Array("bc".utf8))
        #expect(throws: Trouble.self) { try SourceFile(path: "/tmp") }
        #expect(throws: Trouble.self) { try SourceFile(path: path + ".missing") }
        #expect(throws: Trouble.self) { try TargetFile.write("x", to: "/nonexistent/dir/e.csv") }
        #expect(try LocalDisk().entry(at: path) == .file)
        guard case .folder(let names) = try LocalDisk().entry(at: "/tmp") else {
            Issue.record("/tmp is no folder")
            return
        }
        #expect(names.contains("caodiem-source-\(getpid())"))
    }
}
