/// The sums that every row of the statistics obeys, checked on each run.
public enum StatisticsIdentity: String, Sendable, CaseIterable {
    case toEnforce = "to_enforce"
    case carriedForward = "carried_forward"
    case officers = "officers"
    case units = "units"

    /// One sentence in Vietnamese.
    public var text: String {
        switch self {
        case .toEnforce:
            "Phải thi hành (thụ lý trừ ủy thác) = có điều kiện + chưa có điều kiện + hoãn khác, tạm đình chỉ."
        case .carriedForward: "Chuyển kỳ sau = phải thi hành - thi hành xong."
        case .officers: "Tổng các chấp hành viên = số của đơn vị."
        case .units: "Tổng các đơn vị = số của toàn tỉnh."
        }
    }
}

/// An identity with the rows where it does not hold.
public struct IdentityCheck: Sendable, Equatable {
    public let identity: StatisticsIdentity
    /// `UNIT cases`, `UNIT/OFFICER money`, `PROVINCE cases`…
    public let broken: [String]

    public var holds: Bool { broken.isEmpty }
}

extension StatisticsColumn {
    /// Whether the column obeys the identities of one row.
    public func obeys(_ identity: StatisticsIdentity) -> Bool {
        switch identity {
        case .toEnforce: toEnforce == enforceable + notEnforceable + held
        case .carriedForward: carriedForward == toEnforce - done
        case .officers, .units: true
        }
    }
}

/// Checks every row and the sums; the counts of a row are made apart from each other, so that they can differ.
///
/// - Parameter province: the figures printed as the sum of the units.
public func identityChecks(
    of units: [UnitStatistics], province: StatisticsFigures
) -> [IdentityCheck] {
    var rows: [(name: String, figures: StatisticsFigures)] = []
    var sum = StatisticsFigures()
    var broken: [StatisticsIdentity: [String]] = [:]
    for unit in units {
        rows.append((unit.unit.code, unit.total))
        sum += unit.total
        var officers = StatisticsFigures()
        for entry in unit.officers {
            rows.append(("\(unit.unit.code)/\(entry.officer ?? "-")", entry.figures))
            officers += entry.figures
        }
        broken[.officers, default: []] += differing(officers, unit.total, unit.unit.code)
    }
    rows.append(("PROVINCE", province))
    broken[.units, default: []] += differing(sum, province, "PROVINCE")
    for row in rows {
        for identity in StatisticsIdentity.allCases {
            if !row.figures.cases.obeys(identity) {
                broken[identity, default: []].append("\(row.name) cases")
            }
            if !row.figures.money.obeys(identity) {
                broken[identity, default: []].append("\(row.name) money")
            }
        }
    }
    return StatisticsIdentity.allCases.map {
        IdentityCheck(identity: $0, broken: broken[$0] ?? [])
    }
}

private func differing(
    _ a: StatisticsFigures, _ b: StatisticsFigures, _ name: String
) -> [String] {
    (a.cases == b.cases ? [] : ["\(name) cases"]) + (a.money == b.money ? [] : ["\(name) money"])
}
