import Rules

/// A unit as the province's map has it, with its officers and its share of the cases.
struct UnitSketch {
    var unit: Unit
    var district: Phrase
    /// Relative caseload.
    var weight: Int
    var temperament: Temperament
    var officerCount: Int
    /// The unit whose chances it shares; itself, but for a clone.
    var stream: Int

    /// Ending of decision numbers: Cục and Chi cục sign differently.
    var signature: String { unit.level == .province ? "QĐ-CTHADS" : "QĐ-CCTHADS" }

    func officerCode(_ index: Int) -> String {
        unit.code + (index < 9 ? "-0" : "-") + String(index + 1)
    }
}

/// The map: the real twelve units, or as many synthetic ones as asked for.
enum ProvinceMap {
    private static let provinceCode = "CUC"
    private static let real: [(code: String, name: String, cluster: String, weight: Int)] = [
        (provinceCode, "tỉnh Sóc Trăng", "1", 60), ("TPST", "thành phố Sóc Trăng", "1", 190),
        ("TXVC", "thị xã Vĩnh Châu", "1", 130), ("TXNN", "thị xã Ngã Năm", "2", 60),
        ("CT", "huyện Châu Thành", "2", 70), ("CLD", "huyện Cù Lao Dung", "3", 40),
        ("KS", "huyện Kế Sách", "2", 90), ("LP", "huyện Long Phú", "3", 75),
        ("MT", "huyện Mỹ Tú", "2", 70), ("MX", "huyện Mỹ Xuyên", "1", 85),
        ("TT", "huyện Thạnh Trị", "3", 60), ("TD", "huyện Trần Đề", "3", 70),
    ]
    private static let firstSyllables = [
        "Phú", "Tân", "An", "Long", "Mỹ", "Vĩnh", "Thạnh", "Hòa", "Đại", "Bình", "Hưng", "Lộc",
    ]
    private static let secondSyllables = [
        "Thuận", "Hưng", "Lợi", "Phước", "Điền", "Giang", "Tâm", "Khánh", "Ninh", "Quới",
        "Hải", "Thành",
    ]

    static func sketches(count: Int, profile: Profile, seed: UInt64) -> [UnitSketch] {
        let places =
            count == real.count && profile == .socTrang ? real : synthetic(count: count)
        let tempers = Temperament.ofTheProvince
        return places.enumerated().map { index, place in
            var dice = Dice(seed: seed, stream: 0x0FF1_CE00 + UInt64(index))
            return UnitSketch(
                unit: unit(place, isProvince: index == 0), district: Phrase(place.name),
                weight: place.weight, temperament: tempers[index % tempers.count],
                officerCount: min(12, 4 + place.weight / 30 + dice.below(3)), stream: index)
        }
    }

    private static func unit(
        _ place: (code: String, name: String, cluster: String, weight: Int), isProvince: Bool
    ) -> Unit {
        Unit(
            code: place.code, name: (isProvince ? "Cục THADS " : "Chi cục THADS ") + place.name,
            level: isProvince ? .province : .district,
            parentCode: isProvince ? nil : provinceCode, cluster: place.cluster)
    }

    private static func synthetic(
        count: Int
    ) -> [(code: String, name: String, cluster: String, weight: Int)] {
        (0..<count).map { index in
            guard index > 0 else { return (provinceCode, "tỉnh Sông Hậu", "1", 60) }
            let first = firstSyllables[index % firstSyllables.count]
            let turn = index / firstSyllables.count + index
            let second = secondSyllables[turn % secondSyllables.count]
            let area = firstSyllables.count * secondSyllables.count
            let suffix = index < area ? "" : " \(index / area + 1)"
            let digits = String(index)
            let padding = String(repeating: "0", count: max(0, 3 - digits.count))
            return (
                "H" + padding + digits, "huyện \(first) \(second)\(suffix)",
                String(index % 3 + 1), 60 + index * 37 % 60
            )
        }
    }

    /// How many of `cases` each unit gets: by weight, the rest to the first units.
    static func caseload(of sketches: [UnitSketch], cases: Int) -> [Int] {
        let total = sketches.reduce(0) { $0 + $1.weight }
        var loads = sketches.map { cases / total * $0.weight + cases % total * $0.weight / total }
        let rest = cases - loads.reduce(0, +)
        for index in 0..<rest { loads[index % loads.count] += 1 }
        return loads
    }
}
