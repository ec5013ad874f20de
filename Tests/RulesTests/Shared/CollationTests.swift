import Rules
import Testing

/// The order of a Vietnamese dictionary.
struct CollationTests {
    static let ordered: [[String]] = [
        ["a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "g", "o", "ô", "ơ", "u", "ư", "v", "y"],
        ["ma", "mà", "mả", "mã", "má", "mạ", "mă", "mâ"],
        ["Da", "Dy", "Đa"],
        ["ba", "Ba", "bà", "bàn", "bán"],
        [
            "Châu Thành", "Cù Lao Dung", "Kế Sách", "Long Phú", "Mỹ Tú", "Mỹ Xuyên", "Ngã Năm",
            "Thạnh Trị", "Trần Đề", "Vĩnh Châu",
        ],
        ["An", "An Bình", "Anh"],
        ["Đội 1", "Đội 2", "Đội A"],
    ]

    @Test(arguments: ordered)
    func order(names: [String]) {
        #expect(names.reversed().sortedByName { $0 } == names)
    }

    @Test func composedAndDecomposedStandTogether() {
        let decomposed = "Tra\u{302}\u{300}n"
        #expect(
            ["Trấn", decomposed, "Trân"].sortedByName { $0 }.map { Array($0.unicodeScalars).count }
                == [4, 6, 4])
    }
}
