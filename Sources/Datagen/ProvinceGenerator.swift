import Rules

/// Writes a believable province, unit by unit and case by case; nothing but the tables' open pieces is kept.
struct ProvinceGenerator {
    static let flushBytes = 1 << 20

    let request: ProvinceRequest
    let tools = Toolbox()

    func write(into sink: inout some TableSink) throws {
        var sketches = ProvinceMap.sketches(
            count: request.units, profile: request.profile, seed: request.seed)
        if request.profile == .edges { EdgeUnits.pairTwins(&sketches) }
        var tables = Tables()
        writeUnits(sketches, &tables)
        tables.writeFirms()
        switch request.profile {
        case .socTrang: try writeStocks(of: sketches, &tables, into: &sink)
        case .edges: try writeEdges(of: sketches, &tables, into: &sink)
        }
        try tables.flush(from: 1, into: &sink)
    }

    private func writeStocks(
        of sketches: [UnitSketch], _ tables: inout Tables, into sink: inout some TableSink
    ) throws {
        let loads = ProvinceMap.caseload(of: sketches, cases: request.cases)
        var written = 0
        var dice = Dice(seed: request.seed, stream: 0x517E)
        var sizes = SizeLadder(start: dice.next())
        for (sketch, load) in zip(sketches, loads) {
            var stock = UnitStock(
                sketch: sketch, count: load, firstIndex: written, seed: request.seed, tools: tools,
                sizes: sizes)
            for index in 0..<load {
                tables.write(stock.draft(index))
                try tables.flush(from: ProvinceGenerator.flushBytes, into: &sink)
            }
            written += load
            sizes = stock.sizes
        }
    }

    private func writeEdges(
        of sketches: [UnitSketch], _ tables: inout Tables, into sink: inout some TableSink
    ) throws {
        let loads = EdgeUnits.caseload(units: sketches.count, cases: request.cases)
        let firstRecipes = loads.indices.map { loads[..<$0].reduce(0, +) }
        for (sketch, load) in zip(sketches, loads) {
            var stock = EdgeStock(
                sketch: sketch, firstRecipe: firstRecipes[sketch.stream], seed: request.seed,
                tools: tools)
            for index in 0..<load {
                tables.write(stock.draft(index))
                try tables.flush(from: ProvinceGenerator.flushBytes, into: &sink)
            }
        }
    }

    private func writeUnits(_ sketches: [UnitSketch], _ tables: inout Tables) {
        for sketch in sketches {
            var dice = Dice(seed: request.seed, stream: 0x0FF1_CE00_0000 + UInt64(sketch.stream))
            tables.write(sketch)
            for officer in 0..<sketch.officerCount {
                let decomposed = dice.chance(permille: 60)
                tables.writeOfficer(
                    sketch.officerCode(officer),
                    name: tools.people.person(&dice, decomposed: decomposed),
                    unitCode: sketch.unit.code)
            }
            writeReportsAndDuties(of: sketch, &tables)
        }
    }

    private func writeReportsAndDuties(of sketch: UnitSketch, _ tables: inout Tables) {
        let reports =
            request.profile == .edges
            ? EdgeUnits.reports(of: sketch.stream) : sketch.temperament.reports(of: sketch.unit)
        for report in reports { tables.write(report, unitCode: sketch.unit.code) }
        guard request.profile == .socTrang else { return }
        for duty in CampaignCourse.duties(of: sketch.unit) {
            tables.write(duty, unitCode: sketch.unit.code)
        }
    }
}
