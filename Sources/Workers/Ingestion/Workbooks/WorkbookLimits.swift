internal import CWorkbook

/// What an .xlsx workbook may hold.
struct WorkbookLimits {
    /// Files in the zip.
    var parts: UInt64 = 4_000
    /// Bytes of one part, and of all parts, unpacked.
    var part: UInt64 = 1 << 30
    var total: UInt64 = 2 << 30
    /// Bytes unpacked from one byte packed, of parts larger than `ratioFrom`. Sheets reach 20 or 30.
    var ratio: UInt64 = 300
    var ratioFrom: UInt64 = 8 << 20
    /// Nested elements of XML.
    var depth: UInt32 = 64
    /// The last row that may hold a value: what spreadsheets have.
    var rows: UInt32 = 1_048_576
    /// Merged ranges that are filled down.
    var merges: UInt32 = 20_000
    /// Unpacked bytes of a sheet up to which merged ranges are looked for: they stand at its end.
    var mergeScan: UInt64 = 32 << 20
    /// Bytes of one tag.
    var token: UInt64 = 1 << 20
    var strings: UInt64 = 8_000_000
    var stringBytes: UInt64 = 1 << 30
    /// Bytes of shared strings in memory; beyond it they go to an unnamed file in the spool.
    var stringsInMemory: UInt64 = 16 << 20
    /// Bytes of the parts that name sheets, relations and styles.
    var smallPart: UInt64 = 16 << 20
    var sheets = 64

    var bounds: cw_limits {
        cw_limits(
            entries: parts, part_bytes: part, total_bytes: total, ratio: ratio,
            ratio_from: ratioFrom, depth: depth, columns: UInt32(TableLimits.columns), rows: rows,
            merges: merges, cell_bytes: UInt64(TableLimits.row),
            row_bytes: UInt64(TableLimits.row), silent_bytes: token, strings: strings,
            string_bytes: stringBytes, strings_in_memory: stringsInMemory)
    }

    /// What a clerk is told of a refusal of the reader.
    func problem(_ status: cw_status, part: String, line: Int = 0) -> TableProblem {
        func large(_ key: MessageKey, _ limit: some BinaryInteger, _ hint: MessageKey)
            -> TableProblem
        {
            TableProblem(
                .tooLarge, line: line, Message(key, ["limit": "\(limit)", "part": part]),
                hint: Message(hint))
        }
        func bad(_ key: MessageKey, _ hint: MessageKey) -> TableProblem {
            TableProblem(.badFile, line: line, Message(key, ["part": part]), hint: Message(hint))
        }
        return switch status {
        case cw_no_zip: bad(.noWorkbook, .saveAsWorkbook)
        case cw_encrypted: bad(.oldWorkbook, .saveAsWorkbook)
        case cw_broken_zip: bad(.brokenZip, .sendWhole)
        case cw_missing_part: bad(.missingPart, .saveAsWorkbook)
        case cw_doctype: bad(.refusedDoctype, .saveAsWorkbook)
        case cw_bad_reference: bad(.badString, .saveAsWorkbook)
        case cw_too_many_entries: large(.tooManyParts, parts, .splitWorkbook)
        case cw_part_too_large: large(.partTooLarge, self.part, .splitWorkbook)
        case cw_total_too_large: large(.totalTooLarge, total, .splitWorkbook)
        case cw_bomb: large(.zipBomb, ratio, .splitWorkbook)
        case cw_too_deep: large(.tooDeep, depth, .saveAsWorkbook)
        case cw_too_many_columns: large(.columnTooFar, TableLimits.columns, .deleteFarCells)
        case cw_too_many_rows: large(.rowTooFar, rows, .deleteFarCells)
        case cw_cell_too_large, cw_row_too_large:
            large(.cellTooLong, TableLimits.row, .shorten)
        case cw_token_too_large: large(.tokenTooLong, token, .saveAsWorkbook)
        case cw_too_many_strings: large(.tooManyStrings, stringBytes, .splitWorkbook)
        default: bad(.brokenXML, .saveAsWorkbook)
        }
    }
}
