import Foundation
import Rules
import Store
import Testing
import Wire

@testable import IngestionWorker

/// Files that harm, by accident or on purpose: each is refused by name, in bounded time and memory.
@Suite struct HostileWorkbookTests {
    private func refusal(_ fixture: WorkbookFixture) async throws -> (code: String, message: String)
    {
        let trial = try ImportTrial("x.xlsx", try fixture.bytes())
        let first = try #require(try await trial.errors().first)
        return (first.code, first.message)
    }

    private static func sound() -> WorkbookFixture {
        WorkbookFixture([
            WorkbookFixture.sheet(
                [["Mã đơn vị", "Loại", "Ngày gửi"]]
                    + (0..<200).map { ["A\($0)", "danh sách", "1/2/2021"] },
                name: "Báo cáo")
        ])
    }

    private static let sheet = "xl/worksheets/sheet1.xml"

    @Test func aBillionLaughs() async throws {
        for part in [HostileWorkbookTests.sheet, "xl/workbook.xml", "xl/styles.xml"] {
            var fixture = HostileWorkbookTests.sound()
            fixture.replace(
                part,
                "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]><worksheet>&b;</worksheet>"
            )
            let found = try await refusal(fixture)
            #expect(found.code == "bad_file" && found.message.contains("DOCTYPE"))
        }
    }

    @Test func aFileReadFromElsewhere() async throws {
        var fixture = HostileWorkbookTests.sound()
        fixture.replace(
            HostileWorkbookTests.sheet,
            "<!DOCTYPE x SYSTEM 'file:///etc/passwd'><worksheet/>")
        #expect(try await refusal(fixture).message.contains("DOCTYPE"))
    }

    @Test func aZipBomb() async throws {
        var fixture = HostileWorkbookTests.sound()
        fixture.replace(
            HostileWorkbookTests.sheet,
            "<worksheet><sheetData>" + String(repeating: "<row/>", count: 6 << 20))
        let found = try await refusal(fixture)
        #expect(found.code == "too_large" && found.message.contains("300"))
    }

    @Test func cellsFarAway() async throws {
        let cases = [
            ("<row r='1'><c r='XFD1'><v>1</v></c></row>", "too_large"),
            ("<row r='1048577'><c r='A1'><v>1</v></c></row>", "too_large"),
            ("<row r='99999999999999999999'><c><v>1</v></c></row>", "too_large"),
            ("<row r='1'><c r='ZZZZZZZZZZZZ1'><v>1</v></c></row>", "too_large"),
            ("<row r='0'><c><v>1</v></c></row>", "too_large"),
            ("<row r='1'><c t='s'><v>7</v></c></row>", "bad_file"),
            ("<row r='1'><c t='s'><v>-1</v></c></row>", "bad_file"),
            ("<row r='1'><c><v>1</v></c>", "bad_file"),
            (
                "<row r='1'><c t='str'><v>" + String(repeating: "x", count: 10 << 20)
                    + "</v></c></row>", "too_large"
            ),
            (
                "<row r='1'>" + String(repeating: "<c><v>1</v></c>", count: 300) + "</row>",
                "too_large"
            ),
            (
                "<row r='1'><c a='" + String(repeating: "x", count: 3 << 20) + "'/></row>",
                "too_large"
            ),
            (String(repeating: "<x>", count: 100), "too_large"),
        ]
        for (rows, code) in cases {
            var fixture = HostileWorkbookTests.sound()
            fixture.replace(HostileWorkbookTests.sheet, WorkbookFixture.data(rows))
            let found = try await refusal(fixture)
            #expect(found.code == code, "\(rows.prefix(60)): \(found.message)")
        }
    }

    /// A row of few bytes that unfolds to many by its shared strings.
    @Test func aLongTextOverAndOver() async throws {
        let long = String(repeating: "x", count: 900_000)
        let fixture = WorkbookFixture(
            [
                .init(
                    name: "a",
                    body: WorkbookFixture.data(
                        "<row r='1'>" + String(repeating: "<c t='s'><v>0</v></c>", count: 200)
                            + "</row>"))
            ], strings: ["<t>\(long)</t>"])
        #expect(try await refusal(fixture).code == "too_large")
        let cell = WorkbookFixture(
            [.init(name: "a", body: WorkbookFixture.data("<row r='1'><c><v>1</v></c></row>"))],
            strings: ["<t>" + String(repeating: "x", count: 10 << 20) + "</t>"])
        #expect(try await refusal(cell).code == "too_large")
    }

    @Test func mergesOverMerges() async throws {
        let merges = (0..<30_000).map { "<mergeCell ref='A\($0 + 1):XFD1048576'/>" }.joined()
        var fixture = HostileWorkbookTests.sound()
        let rows = (0..<3_000).map { "<row r='\($0 + 1)'><c t='str'><v>x</v></c></row>" }.joined()
        fixture.replace(
            HostileWorkbookTests.sheet,
            WorkbookFixture.data(rows, after: "<mergeCells>\(merges)</mergeCells>"))
        let began = ContinuousClock.now
        _ = try await ImportTrial("x.xlsx", try fixture.bytes()).read()
        #expect(ContinuousClock.now - began < .seconds(60))
    }

    @Test func whatIsNoWorkbookAtAll() async throws {
        var nothing = HostileWorkbookTests.sound()
        nothing.parts.removeAll { $0.name == "xl/workbook.xml" }
        #expect(try await refusal(nothing).message.contains("xl/workbook.xml"))
        nothing.parts = [("mimetype", Array("application/vnd.oasis".utf8))]
        #expect(try await refusal(nothing).code == "bad_file")
        var many = HostileWorkbookTests.sound()
        for index in 0..<5_000 { many.parts.append(("junk/\(index)", [])) }
        #expect(try await refusal(many).code == "too_large")
        var escaping = HostileWorkbookTests.sound()
        escaping.replace(
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id='w1' Type='x/worksheet' Target='../../../../etc/passwd'/></Relationships>"
        )
        #expect(try await refusal(escaping).code == "bad_file")
    }

    /// How many damaged files a test tries: a few always, many when CAODIEM_FUZZ asks for them.
    static let rounds =
        ProcessInfo.processInfo.environment["CAODIEM_FUZZ"].flatMap { Int($0) } ?? 150

    @Test func truncatedEverywhere() async throws {
        let whole = try HostileWorkbookTests.sound().bytes()
        for length in stride(from: 1, to: whole.count - 1, by: max(1, whole.count / 60)) {
            let errors = try await ImportTrial("x.xlsx", Array(whole.prefix(length))).errors()
            #expect(!errors.isEmpty, "cut to \(length) of \(whole.count) bytes")
            #expect(errors.allSatisfy { ["bad_file", "too_large"].contains($0.code) })
        }
    }

    @Test func mutatedWorkbooksEndWithRowsOrErrors() async throws {
        var random = Seeded(seed: 41)
        let whole = try HostileWorkbookTests.sound().bytes()
        for _ in 0..<HostileWorkbookTests.rounds {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                bytes[Int.random(in: 4..<bytes.count, using: &random)] =
                    UInt8.random(in: 0...255, using: &random)
            }
            let (tables, files) = try await ImportTrial("x.xlsx", bytes).read()
            let isRefused =
                files[0].findings.hasErrors || tables.contains { $0.findings?.hasErrors == true }
            #expect(isRefused || tables.allSatisfy { $0.rows.count <= 201 })
        }
    }

    /// Mutations of the XML itself, which a zip's checksums would hide.
    @Test func mutatedSheetsEndWithRowsOrErrors() async throws {
        var random = Seeded(seed: 43)
        let sound = HostileWorkbookTests.sound()
        for round in 0..<HostileWorkbookTests.rounds {
            var fixture = sound
            let part = round % fixture.parts.count
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let at = Int.random(in: 0..<fixture.parts[part].bytes.count, using: &random)
                fixture.parts[part].bytes[at] = UInt8.random(in: 0...255, using: &random)
            }
            _ = try await ImportTrial("x.xlsx", try fixture.bytes()).read()
        }
    }

    @Test func mutatedTextEndsWithRowsOrErrors() async throws {
        var random = Seeded(seed: 47)
        let text =
            "unit_code,kind,submitted_on\n"
            + (0..<60).map { "A\($0),\"danh\nsách\",2021-05-31\n" }.joined()
        let whole = Array(text.utf8)
        for round in 0..<HostileWorkbookTests.rounds {
            var bytes =
                round % 3 == 0
                ? Array(whole.prefix(round * whole.count / 150 % whole.count)) : whole
            for _ in 0..<Int.random(in: 1...10, using: &random) where !bytes.isEmpty {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] =
                    UInt8.random(in: 0...255, using: &random)
            }
            let legacy: LegacyVietnamese? = [nil, .tcvn3, .vni][round % 3]
            _ = try await ImportTrial([("reports.csv", bytes)], legacy: legacy).read()
        }
    }
}

/// SplitMix64: the same seed, the same damage.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
