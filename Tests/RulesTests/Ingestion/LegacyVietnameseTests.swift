import Rules
import Testing

/// Text of the years before Unicode.
struct LegacyVietnameseTests {
    private static let vowels =
        "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"

    @Test(arguments: [
        (LegacyVietnamese.tcvn3, "Sè quyÕt ®Þnh", "Số quyết định"),
        (.tcvn3, "Ng\u{AD}êi ph¶i thi hµnh ¸n", "Người phải thi hành án"),
        (.tcvn3, "§\u{A2}y lµ \u{A7}\u{AC}n vÞ", "ĐÂy là Đơn vị"),
        (.vni, "Soá quyeát ñònh", "Số quyết định"),
        (.vni, "Ngöôøi phaûi thi haønh aùn", "Người phải thi hành án"),
        (.vni, "ÑÔN VÒ THI HAØNH AÙN", "ĐƠN VỊ THI HÀNH ÁN"),
        (.vni, "Nguyeãn Thò Höôøng", "Nguyễn Thị Hường"),
    ])
    func knownTexts(_ encoding: LegacyVietnamese, _ written: String, _ read: String) {
        #expect(encoding.decoded(written) == read)
    }

    @Test(arguments: LegacyVietnamese.allCases)
    func everyLetterGoesThereAndBack(_ encoding: LegacyVietnamese) {
        for letter in LegacyVietnameseTests.vowels {
            let text = "x\(letter)n \(letter) "
            #expect(encoding.decoded(encoding.encoded(text)) == text)
        }
        guard encoding == .vni else { return }
        let capitals = LegacyVietnameseTests.vowels.uppercased()
        #expect(encoding.decoded(encoding.encoded(capitals)) == capitals)
    }

    @Test func everyByteOfBothIsOneLetter() {
        for encoding in LegacyVietnamese.allCases {
            let written = LegacyVietnameseTests.vowels.map { encoding.encoded(String($0)) }
            #expect(Set(written).count == written.count)
            #expect(written.allSatisfy { $0.unicodeScalars.allSatisfy { $0.value < 0x100 } })
        }
    }

    @Test func unicodeAndASCIIStay() {
        for encoding in LegacyVietnamese.allCases {
            #expect(encoding.decoded("Thi hanh 12/2021 ABC") == "Thi hanh 12/2021 ABC")
            #expect(encoding.decoded("ệ ữ") == "ệ ữ")
        }
        // Windows shows some bytes as letters beyond 0xFF.
        #expect(LegacyVietnamese.tcvn3.decoded("\u{2013}") == "\u{2013}")
    }

    @Test(
        arguments: [
            ("Số quyết định,Người phải thi hành án", nil), ("decision_no,amount", nil),
            ("Sè quyÕt ®Þnh;Ng\u{AD}êi ph¶i thi hµnh ¸n", LegacyVietnamese.tcvn3),
            ("Soá quyeát ñònh;Ngöôøi phaûi thi haønh aùn", .vni), ("café à la crème", nil),
            ("Trần Thị Đào, Lò Văn Hà", nil),
        ] as [(String, LegacyVietnamese?)])
    func theLooksOfAText(_ text: String, _ expected: LegacyVietnamese?) {
        #expect(LegacyVietnamese.guess(text) == expected)
    }
}

/// Grounds as officers write them.
struct GroundCellTests {
    private let words = GroundWords(
        article: ["điều", "đ"], clause: ["khoản", "k"], point: ["điểm"])

    @Test(arguments: [
        ("điểm a khoản 1 Điều 44a", "44a.1.a"), ("Điều 44a khoản 1 điểm a", "44a.1.a"),
        ("Đ44a k1", "44a.1"), ("điều 44a", "44a"), ("Điểm c, khoản 1, Điều 48", "48.1.c"),
        ("k.1 Đ.48", "48.1"), ("dieu 50 khoan 1 diem đ", "50.1.đ"),
    ])
    func read(_ text: String, _ ground: String) {
        #expect(Cell.ground(text, words: words) == ground)
    }

    @Test(arguments: [
        "44a.1.a", "không có tài sản", "Điều", "khoản 1", "điểm a Điều 44a", "Điều 44a và Điều 48",
        "theo Điều 44a", "", "Điều 44a khoản 1 điểm a và b",
    ])
    func left(_ text: String) {
        #expect(Cell.ground(text, words: words) == nil)
    }
}
