import Testing

@testable import AdminCommands

@Suite("Tables and widths")
struct TableTests {
    /// The same letters decomposed, as some keyboards and systems write them.
    private static let nfc = "Chi cục THADS huyện Cù Lao Dung"
    private static let nfd =
        "Chi cu\u{323}c THADS huye\u{323}\u{302}n Cu\u{300} Lao Dung"

    @Test("a letter with its marks is one column, composed or not")
    func composedAndDecomposed() {
        #expect(Width.of(Self.nfc) == 31)
        #expect(Width.of(Self.nfd) == 31)
        #expect(Width.of("e\u{323}\u{302}") == 1)
    }

    @Test(
        "widths of the province's names",
        arguments: [
            ("Trần Đề", 7), ("陳文明", 6), ("ＡＢ", 4), ("한글", 4), ("សុខ", 2), ("", 0),
            ("✓ 80,00%", 8), ("🏛️", 2), ("a\u{200B}b", 2),
        ])
    func widths(text: String, columns: Int) {
        #expect(Width.of(text) == columns)
    }

    @Test("cells of NFC, NFD, Hoa and Khmer names end in the same column")
    func aligned() {
        var table = Table([
            Column(Phrase("Tên", "Name")), Column(Phrase("Số", "No"), .right),
        ])
        for name in [Self.nfc, Self.nfd, "陳文明 (Trần Văn Minh)", "សុខ ថាវី"] {
            table.add([Cell(name), "7"])
        }
        let lines = table.rendered(on: .plain).split(separator: "\n")
        #expect(Set(lines.map { Width.of($0) }) == [31 + 2 + 2])
        #expect(lines.dropFirst(2).allSatisfy { $0.hasSuffix(" 7") })
    }

    private static var wide: Table {
        var table = Table([
            Column(Phrase("Đơn vị", "Unit")), Column(Phrase("Số tiền", "Sum"), .right),
            Column(Phrase("Nội dung", "Text"), wrapsTo: 12),
            Column(Phrase("Cán bộ", "Officer"), dropOrder: 2),
            Column(Phrase("Căn cứ", "Citation"), dropOrder: 1),
        ])
        table.add([
            "ST01", "1.234.567.890 đ",
            "tổ chức bán đấu giá quyền sử dụng đất và nhà ở gắn liền với đất tại xã",
            Cell(nfd), "Luật THADS Điều 104 khoản 1",
        ])
        table.add(["ST02", "5 đ", "ngắn", "Lý Thị 陳", "Điều 98"])
        return table
    }

    @Test("no line is wider than the terminal", arguments: [20, 30, 40, 60, 80, 120, 200])
    func neverTooWide(width: Int) {
        let terminal = Terminal(width: width, colour: false, interactive: true)
        for text in [
            Self.wide.rendered(on: terminal),
            Self.wide.renderedInPanels(keeping: 1, on: terminal),
        ] {
            let widest = text.split(separator: "\n").map { Width.of($0) }.max() ?? 0
            #expect(widest <= width)
            #expect(text.contains("ST01"))
            #expect(text.contains("ST02"))
        }
    }

    @Test("at 80 columns the first column to go is left out and named")
    func dropped() {
        let text = Self.wide.rendered(on: Terminal(width: 80, colour: false, interactive: true))
        #expect(!text.contains("Luật THADS"))
        #expect(text.contains("ẩn các cột: Căn cứ"))
        #expect(text.contains("Cán bộ"))
        let all = Self.wide.rendered(on: .plain)
        #expect(all.contains("Luật THADS Điều 104 khoản 1"))
        #expect(!all.contains("ẩn các cột"))
    }

    @Test("where nothing fits each row becomes a block of titled lines")
    func blocks() {
        let text = Self.wide.rendered(on: Terminal(width: 20, colour: false, interactive: true))
        #expect(text.contains("Đơn vị: ST01"))
        #expect(text.contains("Số tiền: 5 đ"))
    }

    @Test("panels show every column, the first ones in each panel")
    func panels() {
        let terminal = Terminal(width: 60, colour: false, interactive: true)
        let text = Self.wide.renderedInPanels(keeping: 1, on: terminal)
        for title in ["Số tiền", "Nội dung", "Cán bộ", "Căn cứ"] { #expect(text.contains(title)) }
        #expect(text.split(separator: "\n").filter { $0.hasPrefix("ST02") }.count >= 2)
    }

    @Test("wrapping keeps every word and cuts words that are too long")
    func wrapping() {
        #expect("một hai ba".wrapped(to: 7) == ["một hai", "ba"])
        #expect("陳文明陳".wrapped(to: 5) == ["陳文", "明陳"])
        #expect("abcdef gh".wrapped(to: 4) == ["abcd", "ef", "gh"])
        #expect("".wrapped(to: 4) == [""])
        #expect("a b".wrapped(to: 1) == ["a", "b"])
    }

    @Test("what could steer the terminal is taken out of cells")
    func printable() {
        #expect(Cell("a\u{1B}[31mb\nc\u{202E}").text == "a\u{FFFD}[31mb c\u{FFFD}")
        #expect(Cell(Self.nfd).text == Self.nfd)
    }

    @Test("colour only where the terminal has it, and it takes no room")
    func colour() {
        var table = Table([Column(Phrase("A", "A")), Column(Phrase("B", "B"))])
        table.add([Cell("đạt", .good), "x"])
        let plain = table.rendered(on: .plain)
        #expect(!plain.contains("\u{1B}"))
        let coloured = table.rendered(on: Terminal(width: 80, colour: true, interactive: true))
        #expect(coloured.contains("\u{1B}[32mđạt\u{1B}[0m"))
        var stripped = coloured
        for code in ["\u{1B}[32m", "\u{1B}[0m", "\u{1B}[1m"] {
            stripped = stripped.split(separator: code, omittingEmptySubsequences: false).joined()
        }
        #expect(stripped.split(separator: "\n").last?.hasPrefix("đạt  x") == true)
    }

    @Test("COLUMNS says the width, NO_COLOR and TERM=dumb take colour away")
    func terminal() {
        let pipe = Terminal.of(descriptor: -1, environment: Environment(["COLUMNS": "40"]))
        #expect(pipe.width == 40)
        #expect(!pipe.colour)
        #expect(Terminal.of(descriptor: -1, environment: Environment()).width == nil)
        let narrow = Terminal.of(descriptor: -1, environment: Environment(["COLUMNS": "3"]))
        #expect(narrow.width == Limits.leastColumns)
    }

    @Test("the progress line fits and is silent where nobody watches")
    func progress() {
        for width in [20, 40, 80] {
            let line = ProgressBar.line("Kiểm tra", done: 1, total: 3, width: width)
            #expect(Width.of(line) <= width)
            #expect(line.hasSuffix("33%"))
        }
        #expect(ProgressBar.line("Gửi", done: 9, total: 3, width: 40).hasSuffix("100%"))
        #expect(ProgressBar.line("Gửi", done: 0, total: 0, width: 40).hasSuffix("0%"))
        var quiet = ProgressBar(.plain)
        #expect(quiet.update("Gửi", done: 1, total: 2) == "")
        var bar = ProgressBar(Terminal(width: 40, colour: false, interactive: true))
        #expect(bar.update("Gửi", done: 1, total: 2).hasPrefix("\r"))
        #expect(bar.update("Gửi", done: 1, total: 2) == "")
        #expect(bar.clear() == "\r\u{1B}[K")
    }
}
