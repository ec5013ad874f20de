/// Points that a person asks to be entered for one criterion.
public struct AskedEntry: Sendable {
    public let criterion: String
    /// nil takes what is counted (for the unit), or the column before.
    public let points: Hundredths?
    public let bonus: Hundredths?
    public let evidence: String
    public let reason: String

    public init(
        criterion: String, points: Hundredths?, bonus: Hundredths? = nil, evidence: String = "",
        reason: String = ""
    ) {
        self.criterion = criterion
        self.points = points
        self.bonus = bonus
        self.evidence = evidence
        self.reason = reason
    }
}

/// What is wrong with an entry that a person asked for.
public struct EntryFault: Error, Sendable, Equatable {
    public let criterion: String
    /// One sentence in Vietnamese.
    public let message: String
}

/// Fills one column of a sheet, criterion by criterion.
public struct SheetFilling {
    public let table: EmulationTable
    public let level: EmulationLevel
    /// What the figures of the day come to, for the criteria that apply.
    public let computed: [CriterionPoints]
    public let author: String
    public let atMilliseconds: Int64

    public init(
        table: EmulationTable, level: EmulationLevel, computed: [CriterionPoints], author: String,
        atMilliseconds: Int64
    ) {
        self.table = table
        self.level = level
        self.computed = computed
        self.author = author
        self.atMilliseconds = atMilliseconds
    }

    /// An entry for each criterion that applies. Points that differ from the column before need a reason; a
    /// manual criterion needs points from the unit, and evidence where the table asks for it.
    public func entries(
        _ column: SheetColumn, on sheet: ScoreSheet, asked: [AskedEntry]
    ) throws(EntryFault) -> [SheetEntry] {
        let criteria = table.criteria(for: level).filter { criterion in
            criterion.isManual || computed.contains { $0.id == criterion.id }
                || sheet.entry(criterion.id, .scored) != nil
        }
        var seen: Set<String> = []
        for entry in asked {
            guard criteria.contains(where: { $0.id == entry.criterion }) else {
                throw EntryFault(
                    criterion: entry.criterion,
                    message: "tiêu chí “\(entry.criterion)” không áp dụng cho \(sheet.unit); "
                        + "các tiêu chí: " + criteria.map(\.id).joined(separator: ", "))
            }
            guard seen.insert(entry.criterion).inserted else {
                throw EntryFault(
                    criterion: entry.criterion,
                    message: "tiêu chí “\(entry.criterion)” được cho điểm hai lần")
            }
        }
        var entries: [SheetEntry] = []
        for criterion in criteria {
            let wish = asked.first { $0.criterion == criterion.id }
            entries.append(try entry(column, criterion, on: sheet, wish))
        }
        return entries
    }

    private func entry(
        _ column: SheetColumn, _ criterion: Criterion, on sheet: ScoreSheet, _ wish: AskedEntry?
    ) throws(EntryFault) -> SheetEntry {
        let before = standing(before: column, criterion, on: sheet)
        guard let points = wish?.points ?? before?.points else {
            throw EntryFault(
                criterion: criterion.id,
                message: "tiêu chí “\(criterion.id)” chấm bằng tay, cần điểm")
        }
        let bonus = wish?.bonus ?? before?.bonus ?? .zero
        try check(criterion, points, bonus)
        let evidence = wish?.evidence ?? ""
        let reason = wish?.reason ?? ""
        if case .manual(evidence: true) = criterion.basis, column == .scored, evidence.isEmpty {
            throw EntryFault(
                criterion: criterion.id,
                message: "tiêu chí “\(criterion.id)” cần nêu tài liệu kiểm chứng")
        }
        if let before, points != before.points || bonus != before.bonus, reason.isEmpty {
            throw EntryFault(
                criterion: criterion.id,
                message: "tiêu chí “\(criterion.id)”: điểm \(points.text) + \(bonus.text) khác "
                    + "\(before.points.text) + \(before.bonus.text) ở cột trước, cần nêu lý do")
        }
        return SheetEntry(
            criterion: criterion.id, column: column, points: points, bonus: bonus, author: author,
            atMilliseconds: atMilliseconds, evidence: evidence, reason: reason)
    }

    /// What the column's points are compared with: the column before; for the unit what is counted.
    private func standing(
        before column: SheetColumn, _ criterion: Criterion, on sheet: ScoreSheet
    ) -> (points: Hundredths, bonus: Hundredths)? {
        let previous: SheetColumn? =
            switch column {
            case .scored: nil
            case .reviewed: .scored
            case .decided: .reviewed
            }
        if let previous {
            return sheet.entry(criterion.id, previous).map { ($0.points, $0.bonus) }
        }
        return computed.first { $0.id == criterion.id }
            .map { (Hundredths(rounding: $0.earned), Hundredths(rounding: $0.bonus)) }
    }

    private func check(
        _ criterion: Criterion, _ points: Hundredths, _ bonus: Hundredths
    ) throws(EntryFault) {
        if points > Hundredths(criterion.base * 100) {
            throw EntryFault(
                criterion: criterion.id,
                message: "tiêu chí “\(criterion.id)” tối đa \(criterion.base) điểm, nhận được "
                    + points.text)
        }
        if points < Hundredths(criterion.floor * 100) {
            throw EntryFault(
                criterion: criterion.id,
                message: "tiêu chí “\(criterion.id)” tối thiểu \(criterion.floor) điểm, nhận được "
                    + points.text)
        }
        if bonus > Hundredths(criterion.bonusMaximum * 100) {
            throw EntryFault(
                criterion: criterion.id,
                message: "tiêu chí “\(criterion.id)” thưởng tối đa \(criterion.bonusMaximum) điểm, "
                    + "nhận được " + bonus.text)
        }
    }
}
