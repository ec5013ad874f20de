import Testing
import Wire

@testable import AdminCommands

@Suite("The board")
struct BoardTests {
    @Test("one row a unit with mark and rate, the province, and what it all means")
    func board() {
        let text = ScoreAnswer.of(Samples.score, oneUnit: false).text(.plain)
        let lines = text.split(separator: "\n").map(String.init)
        let row = lines.first { $0.hasPrefix("ST05") } ?? ""
        #expect(row.contains("Chi cục THADS huyện Cù Lao Dung"))
        #expect(row.contains("✓ 80,00%"))
        #expect(row.contains("… 15,00%"))
        #expect(row.contains("✗ 0,00%*"))
        #expect(row.hasSuffix("–"))
        #expect(lines.contains { $0.contains("Toàn tỉnh") && $0.contains("✓ 80,00%") })
        #expect(text.contains("✓ đạt   ✗ không đạt   … đang thực hiện"))
        #expect(text.contains("Kê biên:"))
        #expect(text.contains("ít nhất 80%, hạn 31/05/2021 (III.1; report_submitted)"))
        #expect(text.contains("chưa kiểm chứng"))
        #expect(text.contains("P-09"))
        #expect(text.contains("số liệu đến hết ngày 31/05/2021"))
    }

    @Test("nothing is lost on narrow terminals", arguments: [20, 40, 80, 120])
    func narrow(width: Int) {
        let terminal = Terminal(width: width, colour: false, interactive: true)
        for answer in [
            ScoreAnswer.of(Samples.score, oneUnit: false),
            ScoreAnswer.of(Samples.score, oneUnit: true), RankAnswer.of(Samples.rank),
            CaseAnswer.of(Samples.showCase),
            AuctionGapsAnswer.of(Samples.gaps, past: true),
        ] {
            let text = answer.text(terminal)
            let widest = text.split(separator: "\n").map { Width.of($0) }.max() ?? 0
            #expect(widest <= width, "\(text)")
        }
        guard width >= 40 else { return }
        let board = ScoreAnswer.of(Samples.score, oneUnit: false).text(terminal)
        for shown in ["✓ 80,00%", "… 15,00%", "✗ 0,00%*"] { #expect(board.contains(shown)) }
    }

    @Test("one unit: figures, money and notes")
    func unit() {
        let text = ScoreAnswer.of(Samples.score, oneUnit: true).text(.plain)
        #expect(text.contains("1.500 đ"))
        #expect(text.contains("10.000 đ"))
        #expect(text.contains("trễ 3 ngày làm việc; chưa nhận báo cáo"))
        #expect(text.contains("thu được 1.500 đ"))
        #expect(text.contains("✗ không đạt*"))
        #expect(text.contains("31/05/2021"))
    }

    @Test("the same in English")
    func english() {
        Language.$current.withValue(.en) {
            let text = ScoreAnswer.of(Samples.score, oneUnit: false).text(.plain)
            #expect(text.contains("Province"))
            #expect(text.contains("✓ 80.00%"))
            #expect(text.contains("at least 80%, due 2021-05-31"))
        }
    }

    @Test("two targets of one measure go by their ids")
    func sameMeasure() {
        var reply = Samples.score
        var second = Samples.target("seized_again", 1, 2, "met")
        second.measure = "large_value_seized"
        reply.province.append(second)
        let text = ScoreAnswer.of(reply, oneUnit: false).text(.plain)
        #expect(text.contains("seized_again"))
        #expect(text.contains("large_value_seized"))
    }
}
