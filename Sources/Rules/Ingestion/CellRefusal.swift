/// Why a cell of an imported sheet cannot be read.
public struct CellRefusal: Error, Hashable, Sendable {
    /// The import's error codes for values.
    public enum Code: String, Sendable, CaseIterable {
        case missingValue = "missing_value"
        case badDate = "bad_date"
        case badMoney = "bad_money"
        case badValue = "bad_value"
    }

    /// What is wrong with it; the import's catalogues word it in each language.
    public enum Fault: String, Sendable, CaseIterable {
        case empty, noDay, noMoney, negativeMoney, largeMoney, noFlag, noChoice
    }

    public let code: Code
    public let fault: Fault
    /// The nearest accepted value, where there is one.
    public let hint: String?

    public init(code: Code, fault: Fault, hint: String? = nil) {
        self.code = code
        self.fault = fault
        self.hint = hint
    }
}

/// A cell read, or the reason why not.
public typealias CellVerdict<Value> = Result<Value, CellRefusal>

/// Readers of cells as people type them.
public enum Cell {
    /// The text without the blanks around it: spaces, tabs, line ends, NBSP and other spaces, BOM.
    static func trimmed(_ text: String) -> Substring.UnicodeScalarView {
        var rest = text[...].unicodeScalars
        while let first = rest.first, isBlank(first) { rest.removeFirst() }
        while let last = rest.last, isBlank(last) { rest.removeLast() }
        return rest
    }

    static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09...0x0D, 0x20, 0xA0, 0x1680, 0x2000...0x200B, 0x2028, 0x2029, 0x202F, 0x205F,
            0x2060, 0x3000, 0xFEFF:
            true
        default: false
        }
    }

    /// The text without the blanks around it.
    public static func stripped(_ text: String) -> String { String(trimmed(text)) }

    /// True when nothing but blanks stands in the cell.
    public static func isEmpty(_ text: String) -> Bool { text.unicodeScalars.allSatisfy(isBlank) }

    /// The number written in ASCII digits only, at most 18 of them; nil for anything else.
    static func digits(_ text: some Collection<Unicode.Scalar>) -> Int? {
        guard !text.isEmpty, text.count <= 18 else { return nil }
        var value = 0
        for scalar in text {
            guard (0x30...0x39).contains(scalar.value) else { return nil }
            value = value * 10 + Int(scalar.value - 0x30)
        }
        return value
    }
}
