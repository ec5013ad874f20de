import Datagen

/// Keeps the tables in memory.
struct MemorySink: TableSink {
    private(set) var bytes: [TableKind: [UInt8]] = [:]

    mutating func append(_ rows: [UInt8], to table: TableKind) {
        bytes[table, default: []].append(contentsOf: rows)
    }

    static func province(
        seed: UInt64 = 2021, units: Int = 12, cases: Int, profile: Profile = .socTrang
    ) throws -> MemorySink {
        var sink = MemorySink()
        let request = ProvinceRequest(seed: seed, units: units, cases: cases, profile: profile)
        try writeProvince(request, into: &sink)
        return sink
    }
}

/// What is wrong with a file of comma-separated values.
struct UnreadableTable: Error {
    let reason: String
}

/// Rows of one table by column name.
struct ReadTable {
    let columns: [String]
    let rows: [[String]]

    init(_ bytes: [UInt8]) throws {
        var lines = try ReadTable.split(bytes)
        guard !lines.isEmpty else { throw UnreadableTable(reason: "no heading") }
        columns = lines.removeFirst()
        rows = lines
        if let odd = rows.first(where: { $0.count != columns.count }) {
            throw UnreadableTable(reason: "\(odd.count) fields for \(columns.count): \(odd)")
        }
    }

    /// RFC 4180 with LF: quoted fields, doubled quotes, line ends within quotes.
    private static func split(_ bytes: [UInt8]) throws -> [[String]] {
        var rows: [[String]] = []
        var row: [String] = []
        var field: [UInt8] = []
        var isQuoted = false
        var at = 0
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            if isQuoted {
                if byte != 0x22 {
                    field.append(byte)
                } else if at < bytes.count, bytes[at] == 0x22 {
                    field.append(0x22)
                    at += 1
                } else {
                    isQuoted = false
                }
            } else if byte == 0x22 {
                guard field.isEmpty else { throw UnreadableTable(reason: "stray quote") }
                isQuoted = true
            } else if byte == 0x2C || byte == 0x0A {
                guard let text = String(validating: field, as: UTF8.self) else {
                    throw UnreadableTable(reason: "no UTF-8")
                }
                row.append(text)
                field.removeAll(keepingCapacity: true)
                if byte == 0x0A {
                    rows.append(row)
                    row.removeAll(keepingCapacity: true)
                }
            } else {
                field.append(byte)
            }
        }
        guard row.isEmpty, field.isEmpty, !isQuoted else {
            throw UnreadableTable(reason: "the last line does not end")
        }
        return rows
    }

    func column(_ name: String) throws -> [String] {
        let index = try index(name)
        return rows.map { $0[index] }
    }

    func index(_ name: String) throws -> Int {
        guard let index = columns.firstIndex(of: name) else {
            throw UnreadableTable(reason: "no column \(name)")
        }
        return index
    }

    /// The named columns of each row, joined.
    func keys(_ names: [String]) throws -> [String] {
        let indices = try names.map(index)
        return rows.map { row in indices.map { row[$0] }.joined(separator: "|") }
    }

    /// Rows for which these columns have these values.
    func rows(where wanted: [String: String]) throws -> [[String: String]] {
        let tests = try wanted.map { (try index($0.key), $0.value) }
        return rows.filter { row in tests.allSatisfy { row[$0.0] == $0.1 } }
            .map { Dictionary(uniqueKeysWithValues: zip(columns, $0)) }
    }
}

/// All tables of a province, read back.
struct ReadProvince {
    let tables: [TableKind: ReadTable]

    init(_ sink: MemorySink) throws {
        tables = try sink.bytes.mapValues(ReadTable.init)
    }

    subscript(kind: TableKind) -> ReadTable {
        get throws {
            guard let table = tables[kind] else {
                throw UnreadableTable(reason: "no table \(kind.rawValue)")
            }
            return table
        }
    }
}
