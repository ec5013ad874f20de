internal import CWorkbook
internal import Rules

/// An .xlsx workbook of Excel, LibreOffice or any program that writes the format, transitional or strict.
final class Workbook {
    struct Sheet: Equatable {
        var name: String
        var isHidden: Bool
        /// Path of the sheet's part in the zip.
        var part: String
    }

    let sheets: [Sheet]
    /// Days count from 1904, as on old Macintoshes.
    let uses1904: Bool
    private let archive: OpaquePointer
    private var strings: OpaquePointer?
    private let stringsPart: String?
    /// For each cell style whether it shows a day.
    private let dayStyles: [Bool]
    private let limits: WorkbookLimits
    private let spillFolder: String

    /// Opens the workbook at `path`; large shared strings go to an unnamed file in `spillFolder`.
    init(path: String, spillFolder: String, limits: WorkbookLimits = WorkbookLimits()) throws {
        self.limits = limits
        self.spillFolder = spillFolder
        var bounds = limits.bounds
        var status = cw_ok
        guard let archive = cw_archive_open(path, &bounds, &status) else {
            throw limits.problem(status, part: "")
        }
        self.archive = archive
        do {
            let parts = try WorkbookParts(archive, limits)
            sheets = parts.sheets
            uses1904 = parts.uses1904
            dayStyles = parts.dayStyles
            stringsPart = parts.stringsPart
        } catch {
            cw_archive_close(archive)
            throw error
        }
    }

    deinit {
        cw_strings_free(strings)
        cw_archive_close(archive)
    }

    /// The rows of a sheet; cells of text are decoded from `legacy`.
    ///
    /// - Parameter spreadsMerges: whether merged cells are filled down; it takes a look at the whole sheet before.
    func rows(
        of sheet: Sheet, legacy: LegacyVietnamese? = nil, spreadsMerges: Bool = true
    ) throws -> SheetRows {
        try loadStrings()
        let part = cw_archive_find(archive, sheet.part)
        let isLarge = cw_archive_part_bytes(archive, part) > limits.mergeScan
        let merges = spreadsMerges && !isLarge ? try merges(of: sheet, part) : []
        var status = cw_ok
        guard let opened = cw_sheet_open(archive, part, strings, &status) else {
            throw limits.problem(status, part: sheet.part)
        }
        return SheetRows(
            self, opened, part: sheet.part, limits: limits, dayStyles: dayStyles,
            shift: uses1904 ? Workbook.shiftOf1904 : 0, merges: merges, legacy: legacy)
    }

    /// Days between the first days of the two systems.
    static let shiftOf1904 = 1_462

    private func merges(of sheet: Sheet, _ part: Int64) throws -> [cw_merge] {
        var status = cw_ok
        guard let scan = cw_sheet_open(archive, part, nil, &status) else {
            throw limits.problem(status, part: sheet.part)
        }
        defer { cw_sheet_close(scan) }
        status = cw_sheet_scan(scan)
        guard status == cw_ok else { throw limits.problem(status, part: sheet.part) }
        var found: UnsafePointer<cw_merge>?
        let count = cw_sheet_merges(scan, &found)
        return Array(UnsafeBufferPointer(start: found, count: count))
    }

    private func loadStrings() throws {
        guard strings == nil, let stringsPart else { return }
        var status = cw_ok
        strings = cw_strings_load(
            archive, cw_archive_find(archive, stringsPart), spillFolder, &status)
        guard status == cw_ok else { throw limits.problem(status, part: stringsPart) }
    }
}
