public import Rules
public import Store
public import Wire
public import WorkerKit

/// Ranks units, or officers, by what is counted or by a column of the sheets.
enum RankHandler {
    private enum Level: String { case unit, officer }

    @Sendable
    static func rank(
        _ request: EmulationV1.RankRequest, _ call: WorkerCall
    ) async throws(Failure) -> EmulationV1.RankReply {
        let day = try call.asOf(request.asOf)
        let (law, access) = (call.law, call.access)
        let column = try column(request.column)
        let level = try level(request.level)
        return try await call.load { scope in
            if !request.freeze.isEmpty {
                return try scope.frozenRanks(request.freeze).seen(by: access)
            }
            let scope = try scope.known(as: request.knownAt)
            let emulation = try scope.emulation(campaign: request.campaign, law: law, asOf: day)
            let cluster = request.cluster.composed
            try checkCluster(cluster, among: try scope.units())
            if level == .officer, column != nil {
                throw Failure(
                    .invalidArgument, "phiếu điểm chỉ có cho đơn vị", field: "column",
                    hint: "bỏ --column hoặc --level")
            }
            let names: [String: String]
            let standings: [UnitStanding]
            switch level {
            case .unit:
                names = [:]
                standings = try scope.standings(emulation, column: column)
            case .officer:
                let officers = try scope.officers()
                names = Dictionary(
                    officers.map { ($0.code, $0.name) }, uniquingKeysWith: { first, _ in first })
                standings = try scope.officerStandings(officers, emulation)
            }
            let rows = Rules.rank(
                standings, plan: emulation.plan, cluster: cluster.isEmpty ? nil : cluster)
            var reply = EmulationTranslation.ranking(rows, emulation, names: names)
            reply.column = column?.rawValue ?? "computed"
            reply.level = level.rawValue
            return reply.seen(by: access)
        }
    }

    private static func column(_ text: String) throws(Failure) -> SheetColumn? {
        if text.isEmpty || text == "computed" { return nil }
        guard let column = SheetColumn(rawValue: text) else {
            throw Failure(
                .invalidArgument, "không có cột điểm “\(text.prefix(40))”", field: "column",
                hint: "computed, self, reviewed hoặc decided")
        }
        return column
    }

    private static func level(_ text: String) throws(Failure) -> Level {
        if text.isEmpty { return .unit }
        guard let level = Level(rawValue: text) else {
            throw Failure(
                .invalidArgument, "không có cấp “\(text.prefix(40))”", field: "level",
                hint: "unit hoặc officer")
        }
        return level
    }

    static func checkCluster(_ cluster: String, among units: [Unit]) throws {
        let clusters = Set(units.compactMap(\.cluster)).sorted()
        guard cluster.isEmpty || clusters.contains(cluster) else {
            throw Failure(
                .notFound, "không có cụm thi đua “\(cluster)”", field: "cluster",
                hint: "các cụm: " + clusters.joined(separator: ", "))
        }
    }
}

extension EmulationV1.RankReply {
    /// The rows of units that the caller sees, with the ranks that they have among all.
    fileprivate func seen(by access: WorkerAccess) -> EmulationV1.RankReply {
        guard !access.coversProvince else { return self }
        var reply = self
        reply.rows = rows.filter { access.covers(unit: $0.unit) }
        return reply
    }
}

extension EmulationService {
    /// Points and ranks of the units on a day, counted from the facts that the scope knows: of the province, as
    /// a freeze keeps them.
    ///
    /// - Throws: FAILED_PRECONDITION where the plan has no table of points.
    public static func ranking(
        in scope: ReadScope, by applied: AppliedPlan, law: LawTable, asOf day: Day
    ) throws -> EmulationV1.RankReply {
        let emulation = EmulationCase(applied: applied, law: law, day: day)
        let rows = Rules.rank(
            try scope.standings(emulation, column: nil), plan: emulation.plan, cluster: nil)
        var reply = EmulationTranslation.ranking(rows, emulation)
        reply.column = "computed"
        reply.level = "unit"
        return reply
    }
}

extension ReadScope {
    /// The ranks that were frozen, byte for byte.
    fileprivate func frozenRanks(_ id: String) throws -> EmulationV1.RankReply {
        let freeze = try requiredFreeze(id).freeze
        guard !freeze.rank.isEmpty else {
            throw Failure(
                .failedPrecondition,
                "bản chốt số liệu \(id) không có bảng xếp hạng: kế hoạch khi đó chưa có bảng điểm",
                field: "freeze", hint: "xem caodiem score --freeze \(id)")
        }
        return try EmulationV1.RankReply(decoding: freeze.rank)
    }

    /// The units' standings, by a column of the sheets where one is named.
    fileprivate func standings(
        _ emulation: EmulationCase, column: SheetColumn?
    ) throws -> [UnitStanding] {
        let counted = try standings(emulation)
        guard let column else { return counted }
        let sheets = try scoreSheets(campaign: emulation.plan.id)
        return counted.map { standing in
            var copy = standing
            copy.isOfSheet = true
            let sheet = sheets.first { $0.sheet.unit == standing.unit.code }
            copy.given = sheet?.sheet.given(column) ?? [:]
            return copy
        }
    }

    /// The standings of all officers that have cases or stand on a list, unit by unit.
    func officerStandings(
        _ officers: [Officer], _ emulation: EmulationCase
    ) throws -> [UnitStanding] {
        var standings: [UnitStanding] = []
        for unit in try units() where emulation.plan.scores(unit) {
            let file = try unitFile(unit)
            for officer in officers where officer.unit == unit.code {
                standings.append(
                    UnitStanding(
                        officer: officer.code, in: file, plan: emulation.plan, law: emulation.law,
                        asOf: emulation.day))
            }
        }
        return standings
    }
}
