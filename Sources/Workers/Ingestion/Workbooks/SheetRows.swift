internal import CWorkbook
internal import Foundation
internal import Rules

/// The rows of one sheet, days as `YYYY-MM-DD`, whole numbers as digits, merged cells filled down.
final class SheetRows: TableSource {
    /// Holds the zip and its strings open.
    private let workbook: Workbook
    private let sheet: OpaquePointer
    private let part: String
    private let limits: WorkbookLimits
    private let dayStyles: [Bool]
    private let shift: Int
    private let legacy: LegacyVietnamese?
    private var fills: FillDown
    private var lastLine = 0

    init(
        _ workbook: Workbook, _ sheet: OpaquePointer, part: String, limits: WorkbookLimits,
        dayStyles: [Bool], shift: Int, merges: [cw_merge], legacy: LegacyVietnamese?
    ) {
        self.workbook = workbook
        self.sheet = sheet
        self.part = part
        self.limits = limits
        self.dayStyles = dayStyles
        self.shift = shift
        self.legacy = legacy
        fills = FillDown(merges)
    }

    deinit { cw_sheet_close(sheet) }

    /// Unpacked bytes of the sheet.
    var consumed: UInt64 { cw_sheet_consumed(sheet) }

    func next(into row: inout TableRow) throws -> Bool {
        row.clear()
        var found = cw_row()
        let status = cw_sheet_next(sheet, &found)
        if status == cw_end { return false }
        guard status == cw_ok else {
            throw limits.problem(status, part: part, line: lastLine + 1)
        }
        row.line = Int(found.number)
        lastLine = row.line
        let bytes = UnsafeBufferPointer(start: found.bytes, count: found.length)
        for cell in UnsafeBufferPointer(start: found.cells, count: Int(found.count)) {
            let start = row.bytes.count
            let kind = append(cell, bytes[Int(cell.start)..<Int(cell.end)], to: &row.bytes)
            row.put(start, kind, at: Int(cell.column))
        }
        if !fills.isEmpty { fills.apply(to: &row) }
        return true
    }

    private func append(
        _ cell: cw_cell, _ value: Slice<UnsafeBufferPointer<UInt8>>, to bytes: inout [UInt8]
    ) -> CellKind {
        switch Int(cell.kind) {
        case Int(cw_number): return appendNumber(cell, value, to: &bytes)
        case Int(cw_boolean):
            bytes.append(contentsOf: value)
            return .boolean
        case Int(cw_error):
            bytes.append(contentsOf: value)
            return .error
        case Int(cw_formula): return .formula
        default:
            if let legacy {
                bytes.append(
                    contentsOf: legacy.decoded(String(decoding: value, as: UTF8.self)).utf8)
            } else {
                bytes.append(contentsOf: value)
            }
            return .text
        }
    }

    private func appendNumber(
        _ cell: cw_cell, _ value: Slice<UnsafeBufferPointer<UInt8>>, to bytes: inout [UInt8]
    ) -> CellKind {
        let isDay = Int(cell.style) < dayStyles.count && dayStyles[Int(cell.style)]
        if !isDay, value.count <= 15, value.allSatisfy({ (0x30...0x39).contains($0) }) {
            bytes.append(contentsOf: value)
            return .number
        }
        guard let number = Double(String(decoding: value, as: UTF8.self)), number.isFinite else {
            bytes.append(contentsOf: value)
            return .text
        }
        if isDay, number >= 0, number < 3_000_000,
            let day = Cell.excelDay(Int(number.rounded(.down)) + shift)
        {
            bytes.append(contentsOf: day.description.utf8)
            return .day
        }
        guard number == number.rounded(), abs(number) < 1e15 else {
            bytes.append(contentsOf: value)
            return .fraction
        }
        bytes.append(contentsOf: String(Int64(number)).utf8)
        return .number
    }
}

extension TableRow {
    /// The bytes from `start` on are the cell at that place.
    fileprivate mutating func put(_ start: Int, _ kind: CellKind, at place: Int) {
        let empty = Span(start: UInt32(start), end: UInt32(start), kind: .text)
        while spans.count <= place { spans.append(empty) }
        spans[place] = Span(start: UInt32(start), end: UInt32(bytes.count), kind: kind)
    }
}

/// Merged cells: what stands in the first row of a range stands in all of its rows.
private struct FillDown {
    private struct Range {
        var last: Int
        var column: Int
        var bytes: [UInt8] = []
        var kind = CellKind.text
    }

    /// Ranges by their first row.
    private var waiting: [Int: [Range]] = [:]
    private var active: [Range] = []

    var isEmpty: Bool { waiting.isEmpty && active.isEmpty }

    init(_ merges: [cw_merge]) {
        for merge in merges where merge.last_row > merge.first_row {
            guard Int(merge.first_column) < TableLimits.columns else { continue }
            waiting[Int(merge.first_row), default: []].append(
                Range(last: Int(merge.last_row), column: Int(merge.first_column)))
        }
    }

    mutating func apply(to row: inout TableRow) {
        active.removeAll { $0.last < row.line }
        for range in active where row.cell(range.column).isEmpty {
            guard row.bytes.count + range.bytes.count <= TableLimits.row else { continue }
            let start = row.bytes.count
            row.bytes.append(contentsOf: range.bytes)
            row.put(start, range.kind, at: range.column)
        }
        for var range in waiting.removeValue(forKey: row.line) ?? [] {
            range.bytes = Array(row.cell(range.column))
            range.kind = row.kind(range.column)
            guard !range.bytes.isEmpty else { continue }
            // One a column, so that ranges over ranges cost nothing.
            active.removeAll { $0.column == range.column }
            active.append(range)
        }
    }
}
