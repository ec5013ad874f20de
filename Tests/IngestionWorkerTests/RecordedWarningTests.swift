import Foundation
import LawBook
import Rules
import Testing

@testable import IngestionWorker
@testable import Store

/// Rows that the law may hold something against, on the days around the edge of the period.
@Suite struct RecordedWarningTests {
    private func law() throws -> LawTable {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return try LawBook.load(
            directory: root.appendingPathComponent("Sources/LawBook/Law").path)
    }

    struct Edge: Sendable {
        let why: String
        let code: RecordedFinding.Code
        let since: String
        let day: String
        let isTold: Bool
    }

    @Test(arguments: [
        Edge(
            why: "104.1: reduced on the day before the ten days are over",
            code: .reductionTooEarly, since: "2021-04-28", day: "2021-05-09", isTold: true),
        // 8 May 2021 is a Saturday, so the ten days end on Monday 10 May.
        Edge(
            why: "104.1: reduced on the first lawful day, as the auction track has it",
            code: .reductionTooEarly, since: "2021-04-28", day: "2021-05-10", isTold: false),
        Edge(
            why: "45.1: seized on the last day of the voluntary period",
            code: .seizureInVoluntaryPeriod, since: "2021-03-01", day: "2021-03-11", isTold: true),
        Edge(
            why: "45.1: seized the day after",
            code: .seizureInVoluntaryPeriod, since: "2021-03-01", day: "2021-03-12",
            isTold: false),
    ])
    func theEdgeOfAPeriod(edge: Edge) throws {
        let finding = RecordedFinding(
            code: edge.code, file: 0, line: 2, amount: .zero, former: nil,
            day: Day(iso: edge.day), since: Day(iso: edge.since),
            isExOfficio: false)
        let message = RecordedWarnings(law: try law()).message(of: finding)
        #expect((message != nil) == edge.isTold, "\(edge.why)")
    }
}
