/// A unit with its people, as grades and titles read it.
public struct UnitYear: Sendable {
    public let standing: UnitStanding
    public let officers: [Member]
    /// The unit's records of merit and discipline.
    public let merits: [Merit]

    /// An officer with the standing of the officer's own cases.
    public struct Member: Sendable {
        public let code: String
        public let name: String
        public let standing: UnitStanding

        public init(code: String, name: String, standing: UnitStanding) {
            self.code = code
            self.name = name
            self.standing = standing
        }
    }

    public init(standing: UnitStanding, officers: [Member], merits: [Merit]) {
        self.standing = standing
        self.officers = officers
        self.merits = merits
    }
}

/// A person or a unit on the board of grades.
public struct BoardRow: Sendable {
    public enum Kind: String, Sendable { case officer, head, unit }

    public let kind: Kind
    public let unit: String
    public let code: String
    public let name: String
    /// nil for units.
    public let verdict: GradeVerdict?
    public let titles: [Eligibility]

    public func eligibility(_ title: AwardTitle) -> Eligibility? {
        titles.first { $0.title == title }
    }
}

/// Grades, titles and quotas of a province.
public struct GradeBoard: Sendable {
    public let rows: [BoardRow]
    public let quotas: [AwardQuota]
}

/// The board of a province: every head, officer and unit, and the quotas over them.
///
/// Tasks of an officer are the plan's targets over the officer's own cases, those of a head the unit's targets;
/// a target not yet due keeps the grade open. The head of the department answers for the branches, too.
public func gradeBoard(
    _ units: [UnitYear], plan: CampaignPlan, law: LawTable, asOf day: Day
) -> GradeBoard {
    let builder = BoardBuilder(units: units, plan: plan, law: law, day: day)
    let rows = builder.rows
    return GradeBoard(rows: rows, quotas: builder.quotas(rows))
}

extension OfficerYear {
    /// From the results of the officer's own cases.
    init(_ results: [TargetResult], _ merits: [Merit], holder: String, year: DayRange) {
        let tally = TargetTally(results)
        self.init(
            tasks: TaskRecord(
                total: tally.closed, full: tally.met, exceeded: tally.exceeded,
                late: tally.closed - tally.met))
        openTasks = tally.open
        isDisciplined = merits.isDisciplined(holder, in: year)
        hasDeclined = merits.has(.decline, holder, in: year)
    }
}

extension HeadYear {
    /// From the unit's results.
    init(_ results: [TargetResult], _ merits: [Merit], year: DayRange) {
        let tally = TargetTally(results)
        self.init(
            targets: tally.closed, met: tally.met, exceeded: tally.exceeded, onTime: tally.met)
        openTargets = tally.open
        isDisciplined = merits.isDisciplined(Merit.head, in: year)
        hasCorruption = merits.has(.corruption, Merit.unit, in: year)
    }
}

/// Targets that apply, by how they ended.
private struct TargetTally {
    var closed = 0
    var met = 0
    var exceeded = 0
    var open = 0

    init(_ results: [TargetResult]) {
        for result in results {
            switch result.state {
            case .notApplicable: continue
            case .inProgress, .undetermined: open += 1
            case .notMet: closed += 1
            case .met:
                closed += 1
                met += 1
                if let rate = result.rate, rate > result.threshold { exceeded += 1 }
            }
        }
    }
}

private struct BoardBuilder {
    let units: [UnitYear]
    let plan: CampaignPlan
    let law: LawTable
    let day: Day

    private var year: DayRange { plan.reportingYear }

    var rows: [BoardRow] {
        let branches = units.filter { $0.standing.unit.level == .district }
        var heads: [String: GradeVerdict] = [:]
        for unit in branches {
            heads[unit.standing.unit.code] = HeadYear(
                unit.standing.results, unit.merits, year: year
            ).grade(law: law, on: day)
        }
        for unit in units where unit.standing.unit.level == .province {
            var head = HeadYear(unit.standing.results, unit.merits, year: year)
            head.subUnits = subUnits(Array(heads.values))
            heads[unit.standing.unit.code] = head.grade(law: law, on: day)
        }
        return units.flatMap { unit -> [BoardRow] in
            let people = people(of: unit, head: heads[unit.standing.unit.code])
            return [collective(unit, people)] + people
        }
    }

    private func subUnits(_ verdicts: [GradeVerdict]) -> HeadYear.SubUnits {
        HeadYear.SubUnits(
            total: verdicts.count, completed: verdicts.count { $0.grade?.isCompleted == true },
            good: verdicts.count { $0.grade?.isGood == true },
            open: verdicts.count { $0.isUndetermined })
    }

    private func people(of unit: UnitYear, head: GradeVerdict?) -> [BoardRow] {
        let code = unit.standing.unit.code
        var rows: [BoardRow] = []
        if let head {
            rows.append(
                person(.head, unit, code: code, name: unit.standing.unit.name, Merit.head, head))
        }
        for officer in unit.officers {
            let verdict = OfficerYear(
                officer.standing.results, unit.merits, holder: officer.code, year: year
            ).grade(law: law, on: day)
            rows.append(
                person(
                    .officer, unit, code: officer.code, name: officer.name, officer.code, verdict)
            )
        }
        return rows
    }

    private func person(
        _ kind: BoardRow.Kind, _ unit: UnitYear, code: String, name: String, _ holder: String,
        _ verdict: GradeVerdict
    ) -> BoardRow {
        let record = PersonRecord(
            holder: holder, grade: verdict, merits: unit.merits, year: year)
        return BoardRow(
            kind: kind, unit: unit.standing.unit.code, code: code, name: name, verdict: verdict,
            titles: record.titles(law: law, on: day))
    }

    private func collective(_ unit: UnitYear, _ people: [BoardRow]) -> BoardRow {
        let own = unit.standing.unit
        let head = people.first { $0.kind == .head }?.verdict
        func outcome(_ title: AwardTitle, _ wanted: Eligibility.Outcome) -> Int {
            people.count { $0.eligibility(title)?.outcome == wanted }
        }
        let place = place(of: own)
        let record = CollectiveRecord(
            members: people.count,
            completed: people.count { $0.verdict?.grade?.isCompleted == true },
            advanced: outcome(.advancedWorker, .eligible),
            openMembers: people.count { $0.verdict?.isUndetermined == true },
            baseFighters: unit.merits.count {
                $0.kind == .baseFighter && year.contains($0.decidedOn)
            },
            candidates: outcome(.baseFighter, .eligible) + outcome(.baseFighter, .undetermined),
            isDone: head?.grade?.isCompleted,
            hasWarning: unit.merits.contains {
                $0.kind == .warning && year.contains($0.decidedOn)
            },
            clusterRank: place?.rank, sharesRank: place?.shared ?? false,
            hasFlagVote: unit.merits.has(.flagVote, Merit.unit, in: year),
            hasMinistryFlag: unit.merits.has(.ministryFlag, Merit.unit, in: year))
        return BoardRow(
            kind: .unit, unit: own.code, code: own.code, name: own.name, verdict: nil,
            titles: record.titles(law: law, on: day))
    }

    /// The unit's place among those of its cluster; units of none are one group.
    private func place(of unit: Unit) -> (rank: Int, shared: Bool)? {
        let group = units.map(\.standing).filter { $0.unit.cluster == unit.cluster }
        let rows = rank(group, plan: plan)
        guard let own = rows.first(where: { $0.unit.code == unit.code })?.rank else { return nil }
        return (own, rows.count { $0.rank == own } > 1)
    }

    func quotas(_ rows: [BoardRow]) -> [AwardQuota] {
        func count(_ title: AwardTitle, _ outcome: Eligibility.Outcome, in rows: [BoardRow]) -> Int
        {
            rows.count { $0.eligibility(title)?.outcome == outcome }
        }
        let collectives = rows.filter { $0.kind == .unit }
        var quotas = [
            law.quota(
                "TT-08", .baseFighter, scope: "Lao động tiên tiến toàn tỉnh",
                of: count(.advancedWorker, .eligible, in: rows),
                eligible: count(.baseFighter, .eligible, in: rows), on: day)
        ]
        let clusters = Set(units.map { $0.standing.unit.cluster ?? "" }).sorted()
        for cluster in clusters {
            let own = collectives.filter { row in
                units.contains {
                    $0.standing.unit.code == row.code && ($0.standing.unit.cluster ?? "") == cluster
                }
            }
            quotas.append(
                law.quota(
                    "TT-22", .ministryFlag,
                    scope: cluster.isEmpty ? "các đơn vị ngoài cụm" : "cụm \(cluster)",
                    of: own.count,
                    eligible: count(.ministryFlag, .eligible, in: own)
                        + count(.ministryFlag, .undetermined, in: own), on: day))
        }
        let holders = units.count {
            $0.merits.has(.ministryFlag, Merit.unit, in: year)
                || $0.merits.has(.flagStandard, Merit.unit, in: year)
        }
        quotas.append(
            law.quota(
                "TT-24", .governmentFlag, scope: "tập thể đạt tiêu chuẩn cờ thi đua ngành",
                of: holders, eligible: count(.governmentFlag, .undetermined, in: collectives),
                on: day))
        return quotas
    }
}
