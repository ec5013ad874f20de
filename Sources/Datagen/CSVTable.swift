import Rules

/// UTF-8 text, kept as bytes: a province has millions of fields.
typealias Bytes = [UInt8]

/// Rows of one table in the making: RFC 4180 fields, rows ended by LF.
struct CSVTable {
    let kind: TableKind
    private(set) var bytes = Bytes()
    private var rowIsEmpty = true

    init(kind: TableKind) {
        self.kind = kind
        for column in kind.columns { text(column) }
        endRow()
    }

    private mutating func separate() {
        if rowIsEmpty { rowIsEmpty = false } else { bytes.append(0x2C) }
    }

    /// Fields already joined and quoted, such as a case's key.
    mutating func joined(_ fields: Bytes) {
        separate()
        bytes.append(contentsOf: fields)
    }

    mutating func empty() { separate() }

    mutating func text(_ value: String?) {
        separate()
        guard let value else { return }
        appendQuotedWhereNeeded(value.utf8)
    }

    mutating func text(_ value: Bytes) {
        separate()
        appendQuotedWhereNeeded(value)
    }

    mutating func number(_ value: Int64?) {
        separate()
        guard let value else { return }
        append(value)
    }

    mutating func number(_ value: Int?) { number(value.map(Int64.init)) }

    mutating func money(_ value: Dong?) { number(value?.amount) }

    mutating func day(_ value: Day?) {
        separate()
        guard let value else { return }
        let (year, month, day) = value.civil
        bytes.append(0x30 + UInt8(year / 1000 % 10))
        bytes.append(0x30 + UInt8(year / 100 % 10))
        appendTwo(year % 100)
        bytes.append(0x2D)
        appendTwo(month)
        bytes.append(0x2D)
        appendTwo(day)
    }

    /// `1` or `0`; a flag that is not set may also stay empty.
    mutating func flag(_ value: Bool, unlessEmpty leavesEmpty: Bool) {
        separate()
        if value || !leavesEmpty { bytes.append(value ? 0x31 : 0x30) }
    }

    mutating func endRow() {
        bytes.append(0x0A)
        rowIsEmpty = true
    }

    /// Hands the rows over once they hold at least this many bytes.
    mutating func flush(from least: Int, into sink: inout some TableSink) throws {
        guard bytes.count >= max(1, least) else { return }
        try sink.append(bytes, to: kind)
        bytes.removeAll(keepingCapacity: true)
    }

    private mutating func appendTwo(_ value: Int) {
        bytes.append(0x30 + UInt8(value / 10))
        bytes.append(0x30 + UInt8(value % 10))
    }

    private mutating func append(_ value: Int64) {
        if value < 0 { bytes.append(0x2D) }
        var rest = value.magnitude
        let start = bytes.count
        repeat {
            bytes.append(0x30 + UInt8(rest % 10))
            rest /= 10
        } while rest > 0
        bytes[start...].reverse()
    }

    private mutating func appendQuotedWhereNeeded(_ value: some Collection<UInt8>) {
        let mustQuote = value.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
        guard mustQuote else {
            bytes.append(contentsOf: value)
            return
        }
        bytes.append(0x22)
        for byte in value {
            if byte == 0x22 { bytes.append(0x22) }
            bytes.append(byte)
        }
        bytes.append(0x22)
    }
}

/// All tables of a province, side by side; each is handed over when it has grown.
struct Tables {
    var units = CSVTable(kind: .units)
    var officers = CSVTable(kind: .officers)
    var cases = CSVTable(kind: .cases)
    var decisions = CSVTable(kind: .decisions)
    var payments = CSVTable(kind: .payments)
    var verifications = CSVTable(kind: .verifications)
    var assets = CSVTable(kind: .assets)
    var valuations = CSVTable(kind: .valuations)
    var rounds = CSVTable(kind: .rounds)
    var reductions = CSVTable(kind: .reductions)
    var offers = CSVTable(kind: .offers)
    var nominations = CSVTable(kind: .nominations)
    var commitments = CSVTable(kind: .commitments)
    var violations = CSVTable(kind: .violations)
    var reports = CSVTable(kind: .reports)
    var planSteps = CSVTable(kind: .planSteps)
    var persuasions = CSVTable(kind: .persuasions)
    var coercions = CSVTable(kind: .coercions)
    var guidance = CSVTable(kind: .guidance)
    var directions = CSVTable(kind: .directions)
    var obstacles = CSVTable(kind: .obstacles)
    var coordination = CSVTable(kind: .coordination)
    var fileReviews = CSVTable(kind: .fileReviews)
    var exemptions = CSVTable(kind: .exemptions)
    var unitDuties = CSVTable(kind: .unitDuties)
    var appraisers = CSVTable(kind: .appraisers)
    var auctionHouses = CSVTable(kind: .auctionHouses)

    mutating func flush(from least: Int, into sink: inout some TableSink) throws {
        try units.flush(from: least, into: &sink)
        try officers.flush(from: least, into: &sink)
        try cases.flush(from: least, into: &sink)
        try decisions.flush(from: least, into: &sink)
        try payments.flush(from: least, into: &sink)
        try verifications.flush(from: least, into: &sink)
        try assets.flush(from: least, into: &sink)
        try valuations.flush(from: least, into: &sink)
        try rounds.flush(from: least, into: &sink)
        try reductions.flush(from: least, into: &sink)
        try offers.flush(from: least, into: &sink)
        try nominations.flush(from: least, into: &sink)
        try commitments.flush(from: least, into: &sink)
        try violations.flush(from: least, into: &sink)
        try reports.flush(from: least, into: &sink)
        try planSteps.flush(from: least, into: &sink)
        try persuasions.flush(from: least, into: &sink)
        try coercions.flush(from: least, into: &sink)
        try guidance.flush(from: least, into: &sink)
        try directions.flush(from: least, into: &sink)
        try obstacles.flush(from: least, into: &sink)
        try coordination.flush(from: least, into: &sink)
        try fileReviews.flush(from: least, into: &sink)
        try exemptions.flush(from: least, into: &sink)
        try unitDuties.flush(from: least, into: &sink)
        try appraisers.flush(from: least, into: &sink)
        try auctionHouses.flush(from: least, into: &sink)
    }
}
