import Rules

/// Writes a believable province, unit by unit and case by case; nothing but the tables' open pieces is kept.
struct ProvinceGenerator {
    static let flushBytes = 1 << 20

    let request: ProvinceRequest
    let tools = Toolbox()

    func write(into sink: inout some TableSink) throws {
        let sketches = ProvinceMap.sketches(
            count: request.units, profile: request.profile, seed: request.seed)
        let loads = ProvinceMap.caseload(of: sketches, cases: request.cases)
        var tables = Tables()
        writeUnits(sketches, &tables)
        var written = 0
        for (sketch, load) in zip(sketches, loads) {
            var stock = UnitStock(
                sketch: sketch, count: load, firstIndex: written, seed: request.seed, tools: tools)
            for index in 0..<load {
                tables.write(stock.draft(index))
                try tables.flush(from: ProvinceGenerator.flushBytes, into: &sink)
            }
            written += load
        }
        try tables.flush(from: 1, into: &sink)
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
            writeReports(of: sketch, &tables)
        }
    }

    private func writeReports(of sketch: UnitSketch, _ tables: inout Tables) {
        let temper = sketch.temperament
        if let day = temper.listsOn {
            tables.write(
                Report(kind: .lists, submittedOn: day, emailedOn: temper.listsEmailedOn),
                unitCode: sketch.unit.code)
        }
        if let day = temper.summaryOn, sketch.unit.level == .district {
            tables.write(
                Report(kind: .summary, submittedOn: day, emailedOn: day),
                unitCode: sketch.unit.code)
        }
    }
}
