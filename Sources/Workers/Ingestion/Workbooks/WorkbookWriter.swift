internal import CXlsxWriter
internal import Glibc
internal import Rules

/// Writes an .xlsx workbook to a file.
final class WorkbookWriter {
    /// How a cell looks.
    enum Look: CaseIterable {
        case plain, day, money, text, heading, optionalHeading, example, exampleDay, exampleMoney
        case bad, badDay, doubtful, doubtfulDay, wrapped
    }

    enum Limits {
        /// What spreadsheets take.
        static let rows = 1_048_576
        static let characters = 32_767
        static let sheetName = 31
    }

    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    /// One sheet while it is written.
    struct Sheet {
        let pointer: UnsafeMutablePointer<lxw_worksheet>
        let name: String
    }

    private let book: UnsafeMutablePointer<lxw_workbook>
    private var isOpen = true
    private var names = Set<String>()
    private var looks: [Look: UnsafeMutablePointer<lxw_format>] = [:]

    /// - Parameters:
    ///   - path: where the workbook is to stand.
    ///   - folder: for what is kept on disk meanwhile.
    ///   - streams: rows come in order and none is kept in memory.
    init(path: String, folder: String, streams: Bool) throws {
        let made = folder.withCString { folder in
            var options = lxw_workbook_options()
            options.constant_memory = streams ? 1 : 0
            options.tmpdir = UnsafeMutablePointer(mutating: folder)
            options.use_zip64 = 1
            return workbook_new_opt(path, &options)
        }
        guard let made else { throw Problem(description: "cannot begin a workbook at \(path)") }
        book = made
    }

    deinit { if isOpen { workbook_close(book) } }

    /// A sheet of that name, changed where a spreadsheet would not take it.
    func addSheet(_ wanted: String) throws -> Sheet {
        let allowed = String(wanted.map { "[]:*?/\\'".contains($0) ? " " : $0 })
        let base = WorkbookWriter.cut(allowed.isEmpty ? "Sheet" : allowed, Limits.sheetName)
        var name = base
        var number = 2
        while !names.insert(name.lowercased()).inserted {
            let tail = " (\(number))"
            name = WorkbookWriter.cut(base, Limits.sheetName - tail.utf16.count) + tail
            number += 1
        }
        guard let pointer = workbook_add_worksheet(book, name) else {
            throw Problem(description: "cannot add a sheet “\(name)”")
        }
        // Printed on A4 across, as wide as its columns.
        worksheet_set_landscape(pointer)
        worksheet_set_paper(pointer, 9)
        worksheet_fit_to_pages(pointer, 1, 0)
        return Sheet(pointer: pointer, name: name)
    }

    func write(_ text: String, row: Int, column: Int, _ look: Look = .plain, in sheet: Sheet) {
        worksheet_write_string(
            sheet.pointer, UInt32(row), UInt16(column),
            WorkbookWriter.cut(text, Limits.characters), format(look))
    }

    func write(_ number: Double, row: Int, column: Int, _ look: Look = .plain, in sheet: Sheet) {
        worksheet_write_number(sheet.pointer, UInt32(row), UInt16(column), number, format(look))
    }

    func write(_ flag: Bool, row: Int, column: Int, _ look: Look = .plain, in sheet: Sheet) {
        worksheet_write_boolean(
            sheet.pointer, UInt32(row), UInt16(column), flag ? 1 : 0, format(look))
    }

    func writeBlank(row: Int, column: Int, _ look: Look, in sheet: Sheet) {
        worksheet_write_blank(sheet.pointer, UInt32(row), UInt16(column), format(look))
    }

    /// A note on a cell, large enough for its text.
    func comment(_ text: String, row: Int, column: Int, in sheet: Sheet) {
        var options = lxw_comment_options()
        options.width = 320
        options.height = UInt16(clamping: 40 + 18 * (text.count / 45 + text.count { $0 == "\n" }))
        "CaoDiem".withCString { author in
            options.author = UnsafeMutablePointer(mutating: author)
            worksheet_write_comment_opt(
                sheet.pointer, UInt32(row), UInt16(column), WorkbookWriter.cut(text, 2_000),
                &options)
        }
    }

    func setColumn(_ column: Int, width: Double, _ look: Look = .plain, in sheet: Sheet) {
        worksheet_set_column(
            sheet.pointer, UInt16(column), UInt16(column), width,
            look == .plain ? nil : format(look))
    }

    func freezeHeading(in sheet: Sheet) { worksheet_freeze_panes(sheet.pointer, 1, 0) }

    func hide(_ sheet: Sheet) { worksheet_hide(sheet.pointer) }

    /// Ends the workbook; nothing can be written after it.
    func close() throws {
        isOpen = false
        let error = workbook_close(book)
        guard error == LXW_NO_ERROR else {
            throw Problem(description: String(cString: lxw_strerror(error)))
        }
    }

    /// The day as a spreadsheet counts it; nil before March 1900, where spreadsheets differ.
    static func serial(of day: Day) -> Double? {
        guard let base = Day(1899, 12, 30), day.number - base.number > 60 else { return nil }
        return Double(day.number - base.number)
    }

    /// At most so many UTF-16 units.
    static func cut(_ text: String, _ units: Int) -> String {
        guard text.utf16.count > units else { return text }
        var cut = ""
        var count = 0
        for character in text {
            count += character.utf16.count
            if count > units { break }
            cut.append(character)
        }
        return cut
    }

    private func format(_ look: Look) -> UnsafeMutablePointer<lxw_format>? {
        if look == .plain { return nil }
        if let known = looks[look] { return known }
        guard let made = workbook_add_format(book) else { return nil }
        switch look {
        case .day, .exampleDay, .badDay, .doubtfulDay: format_set_num_format(made, "dd/mm/yyyy")
        case .money, .exampleMoney: format_set_num_format(made, "#,##0")
        case .text: format_set_num_format(made, "@")
        default: break
        }
        switch look {
        case .heading, .optionalHeading:
            format_set_bold(made)
            format_set_text_wrap(made)
            format_set_align(made, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
            format_set_border(made, UInt8(LXW_BORDER_THIN.rawValue))
            format_set_bg_color(made, look == .heading ? 0xBDD7EE : 0xEDEDED)
        case .example, .exampleDay, .exampleMoney:
            format_set_italic(made)
            format_set_font_color(made, 0x7F7F7F)
        case .bad, .badDay: format_set_bg_color(made, 0xFFC7CE)
        case .doubtful, .doubtfulDay: format_set_bg_color(made, 0xFFEB9C)
        case .wrapped:
            format_set_text_wrap(made)
            format_set_align(made, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
        default: break
        }
        looks[look] = made
        return made
    }
}

extension WorkbookWriter {
    /// What a column takes: a list to choose from, or a check of days and numbers, with a note on the cells.
    enum Check {
        case list([String])
        /// A range of another sheet, such as `='Danh mục'!$A$2:$A$13`.
        case range(String)
        case day, wholeNumber, anything
    }

    /// Sets a check on the cells of a column under its heading.
    func check(
        _ check: Check, note: String, column: Int, rows: ClosedRange<Int>, in sheet: Sheet
    ) {
        var validation = lxw_data_validation()
        validation.ignore_blank = UInt8(LXW_VALIDATION_ON.rawValue)
        validation.error_type = UInt8(LXW_VALIDATION_ERROR_TYPE_WARNING.rawValue)
        validation.input_message = WorkbookWriter.copied(WorkbookWriter.cut(note, 255))
        var list: [UnsafeMutablePointer<CChar>?] = []
        switch check {
        case .list(let values) where WorkbookWriter.fitsInACell(values):
            validation.validate = UInt8(LXW_VALIDATION_TYPE_LIST.rawValue)
            list = values.map { WorkbookWriter.copied($0) } + [nil]
        case .range(let formula):
            validation.validate = UInt8(LXW_VALIDATION_TYPE_LIST_FORMULA.rawValue)
            validation.value_formula = WorkbookWriter.copied(formula)
        case .day:
            validation.validate = UInt8(LXW_VALIDATION_TYPE_DATE_NUMBER.rawValue)
            validation.criteria = UInt8(LXW_VALIDATION_CRITERIA_BETWEEN.rawValue)
            (validation.minimum_number, validation.maximum_number) = (61, 109_938)
        case .wholeNumber:
            validation.validate = UInt8(LXW_VALIDATION_TYPE_INTEGER.rawValue)
            validation.criteria = UInt8(LXW_VALIDATION_CRITERIA_BETWEEN.rawValue)
            (validation.minimum_number, validation.maximum_number) = (0, 999_999_999_999_999)
        case .list, .anything: validation.validate = UInt8(LXW_VALIDATION_TYPE_ANY.rawValue)
        }
        list.withUnsafeMutableBufferPointer { pointers in
            if !pointers.isEmpty { validation.value_list = pointers.baseAddress }
            worksheet_data_validation_range(
                sheet.pointer, UInt32(rows.lowerBound), UInt16(column), UInt32(rows.upperBound),
                UInt16(column), &validation)
        }
        for pointer in list { free(pointer) }
        free(validation.input_message)
        free(validation.value_formula)
    }

    /// Spreadsheets keep a list of choices in 255 bytes; a longer one stands in the note alone.
    private static func fitsInACell(_ values: [String]) -> Bool {
        values.reduce(values.count - 1) { $0 + $1.utf8.count } <= 255
    }

    private static func copied(_ text: String) -> UnsafeMutablePointer<CChar>? { strdup(text) }
}
