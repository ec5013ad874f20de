import Synchronization
import Testing
import Wire

@testable import DashboardWorker

@Suite struct PageTests {
    static let pages = [
        "/", "/?day=2021-04-01", "/?q=long&sort=missed", "/unit?unit=MX",
        "/target?id=large_value_seized&day=2021-04-01", "/target?id=lists_submitted",
        "/cases?target=large_value_seized&unit=MX&day=2021-04-01",
        "/cases?target=large_value_seized&unit=MX&part=outside",
        "/case?unit=MX&no=1%2F2021", "/auction?day=2021-05-10", "/auction?month=2021-01",
        "/worklist", "/worklist?weight=minor", "/ranking", "/fleet", "/nowhere",
        "/target?id=%3Cscript%3E", "/unit?unit=%22%3E%3Cscript%3E",
    ]

    /// Well-formed, named, ordered, and with nothing inline, whatever the store's text is.
    @Test(arguments: pages)
    func everyPageIsSoundWithHostileText(path: String) async throws {
        let board = try await BoardUnderTest()
        for language in ["vi", "en"] {
            let (reply, page) = try await board.get(path, ["cookie": "caodiem_lang=\(language)"])
            #expect(try PageRules.faults(page) == [], "\(path) in \(language)")
            let isThere = !path.contains("%3Cscript") && path != "/nowhere"
            #expect(reply.status == (isThere ? 200 : 404), "\(path)")
            #expect(page.contains("<html lang=\"\(language)\""))
            #expect(!page.contains("<script>"))
            #expect(!page.contains("\u{202E}") && !page.contains("\u{1}"))
            #expect(reply.header("content-type") == "text/html; charset=utf-8")
        }
    }

    @Test func partiesAreNotShown() async throws {
        let board = try await BoardUnderTest()
        let (reply, page) = try await board.get("/case?unit=MX&no=1")
        #expect(reply.status == 200)
        #expect(page.contains("1.000.000\u{A0}đ"))
        #expect(!page.contains(Hostile.debtor))
        #expect(!page.contains(Hostile.address))
    }

    @Test func statesHaveIconAndWord() async throws {
        let board = try await BoardUnderTest()
        let (_, page) = try await board.get("/?day=2021-05-01")
        for word in ["Đạt", "Không đạt", "Chậm tiến độ", "Không áp dụng", "Chưa xác định"] {
            #expect(page.contains("</svg>\(word)</span>"), "\(word)")
        }
    }

    @Test(arguments: [
        ("/?day=2021-04-20", "2021-04-20"),
        ("/", "2021-05-31"),  // the campaign is over: its last day
        ("/?day=20-4-2021", "2021-05-31"),
    ])
    func theDayIsTheReadersOrTheCampaigns(path: String, day: String) async throws {
        let board = try await BoardUnderTest()
        let (_, page) = try await board.get(path)
        #expect(page.contains("value=\"\(day)\""))
    }

    @Test func refusalsOfTheFleetArePagesWithTheirStatus() async throws {
        let board = try await BoardUnderTest()
        let cases = [
            ("/cases?target=large_value_seized&unit=LP", 403, "đơn vị này không phải của bạn"),
            ("/target?id=x", 404, "không có chỉ tiêu"), ("/unit?unit=x", 404, "không có đơn vị"),
            ("/nowhere", 404, "không có trang này"),
        ]
        for (path, status, words) in cases {
            let (reply, page) = try await board.get(path)
            #expect(reply.status == status, "\(path)")
            #expect(page.contains(words), "\(path)")
        }
    }

    /// One question to the fleet for many readers, and another once the store has changed.
    @Test func answersAreKeptUntilTheStoreChanges() async throws {
        let board = try await BoardUnderTest()
        for _ in 0..<5 { _ = try await board.get("/") }
        _ = try await board.get("/unit?unit=MX")
        #expect(board.asked.count("Score") == 1)
        _ = try await board.get("/?day=2021-04-01")
        #expect(board.asked.count("Score") == 2)
        board.asked.change.withLock { $0 += 1 }
        for _ in 0..<500 where board.site.fleet.changes.change == 7 {
            try await Task.sleep(for: .milliseconds(2))
        }
        let (_, page) = try await board.get("/")
        #expect(board.asked.count("Score") == 3)
        #expect(page.contains("data-change=\"8\""))
    }

    @Test func eventsTellTheChangeAndTheNextOne() async throws {
        let board = try await BoardUnderTest()
        let (reply, _) = try await board.get("/events")
        #expect(reply.header("content-type") == "text/event-stream")
        guard case .events(let events) = reply.body else {
            Issue.record("no stream")
            return
        }
        var told: [String] = []
        for await event in events {
            told.append(String(decoding: event, as: UTF8.self))
            if told.count == 2 { break }
            board.asked.change.withLock { $0 = 9 }
        }
        #expect(told[0].contains("event: change\ndata: {\"change\":7,"))
        #expect(told[1].contains("{\"change\":9,"))
    }
}
