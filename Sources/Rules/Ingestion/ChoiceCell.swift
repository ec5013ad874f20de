extension Cell {
    /// Yes or no: `x`, `có`, `1` or `không`, `0`, and their like; accents and case forgiven.
    public static func yesNo(_ text: String) -> CellVerdict<Bool> {
        guard !isEmpty(text) else {
            return .failure(CellRefusal(code: .missingValue, fault: .empty))
        }
        switch VietnameseText.folded(text) {
        case "x", "co", "1", "yes", "true", "dung": return .success(true)
        case "khong", "0", "no", "false", "ko", "k": return .success(false)
        default:
            return .failure(
                CellRefusal(code: .badValue, fault: .noFlag))
        }
    }

    /// One of the accepted values, by its code or by a word that people use for it.
    ///
    /// - Parameter words: other spellings, each with the code that it stands for.
    /// - Returns: the code as `codes` spells it; a refusal names the nearest one.
    public static func choice(_ text: String, of codes: [String], words: [String: String] = [:])
        -> CellVerdict<String>
    {
        guard !isEmpty(text) else {
            return .failure(CellRefusal(code: .missingValue, fault: .empty))
        }
        let wanted = VietnameseText.folded(text)
        if let code = codes.first(where: { VietnameseText.folded($0) == wanted }) {
            return .success(code)
        }
        if let code = words.first(where: { VietnameseText.folded($0.key) == wanted })?.value {
            return .success(code)
        }
        let hint = VietnameseText.nearest(to: text, among: codes + words.keys.sorted())
        return .failure(
            CellRefusal(
                code: .badValue, fault: .noChoice, hint: hint.map { words[$0] ?? $0 }))
    }

    /// The value of a closed enumeration.
    public static func choice<Choice: RawRepresentable & CaseIterable>(
        _ text: String, as type: Choice.Type, words: [String: Choice] = [:]
    ) -> CellVerdict<Choice> where Choice.RawValue == String {
        let codes = Choice.allCases.map(\.rawValue)
        let verdict = choice(text, of: codes, words: words.mapValues(\.rawValue))
        return verdict.flatMap { code in
            guard let value = Choice(rawValue: code) else {
                return .failure(
                    CellRefusal(code: .badValue, fault: .noChoice))
            }
            return .success(value)
        }
    }
}
