extension Cell {
    /// The largest amount that a cell may hold: below a million billion đồng, more than the whole country
    /// enforces in a year, so that sums over any number of cases a store can hold stay exact.
    public static let largestAmount = Dong(999_999_999_999_999)

    /// An amount of whole đồng, zero or more: `1.234.567.890`, `1,234,567,890`, `1 234 567 890` or
    /// `1234567890`, with or without `đ`, `đồng`, `VND`. A mark that may stand for decimals is refused.
    public static func money(_ text: String) -> CellVerdict<Dong> {
        var scalars = Array(trimmed(text))
        guard !scalars.isEmpty else {
            return .failure(CellRefusal(code: .missingValue, fault: .empty))
        }
        dropUnit(&scalars)
        if scalars.first == "-" || scalars.first == "−" || scalars.first == "(" {
            return .failure(refusal(.negativeMoney))
        }
        guard let plain = ungrouped(scalars), !plain.isEmpty else {
            return .failure(refusal(.noMoney))
        }
        let significant = plain.drop { $0 == "0" }
        guard significant.count <= 15, let amount = significant.isEmpty ? 0 : digits(significant)
        else { return .failure(refusal(.largeMoney)) }
        return .success(Dong(Int64(amount)))
    }

    /// Takes the unit off the end: `đ`, `₫`, `đồng`, `VND`, `VNĐ`, in any case, composed or not, with or
    /// without a full stop after it.
    private static func dropUnit(_ scalars: inout [Unicode.Scalar]) {
        guard let last = scalars.lastIndex(where: { (0x30...0x39).contains($0.value) }) else {
            return
        }
        var tail = scalars[(last + 1)...].filter { !isBlank($0) }
        if tail.count > 1, tail.last == "." { tail.removeLast() }
        guard tail.allSatisfy({ $0.properties.isAlphabetic || isMark($0) || $0 == "₫" }) else {
            return
        }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: tail)
        let isUnit =
            tail == ["₫"] || ["d", "dong", "vnd"].contains(VietnameseText.folded(String(text)))
        if isUnit || tail.isEmpty { scalars.removeSubrange((last + 1)...) }
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        (0x0300...0x036F).contains(scalar.value)
    }

    /// The digits without grouping; nil where the text is no whole number in groups of three.
    private static func ungrouped(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar]? {
        func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
            scalar == "." || scalar == "," || isBlank(scalar)
        }
        let marks = Set(scalars.filter(isSeparator).map { isBlank($0) ? " " : $0 })
        guard marks.count <= 1 else { return nil }
        let groups = scalars.split(omittingEmptySubsequences: false, whereSeparator: isSeparator)
        let allDigits = groups.allSatisfy { group in
            !group.isEmpty && group.allSatisfy { (0x30...0x39).contains($0.value) }
        }
        guard allDigits, let first = groups.first else { return nil }
        if groups.count > 1 {
            guard first.count <= 3, groups.dropFirst().allSatisfy({ $0.count == 3 }) else {
                return nil
            }
        }
        return groups.flatMap { Array($0) }
    }

    private static func refusal(_ fault: CellRefusal.Fault) -> CellRefusal {
        CellRefusal(code: .badMoney, fault: fault)
    }
}
