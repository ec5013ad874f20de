import Testing

@testable import Wire

/// The table against a dictionary, over ids as connections have them and over hostile ones.
struct StreamTableTests {
    @Test(arguments: [UInt32(2), 64, 65_536, 0x0200_0000])
    func itIsADictionary(step: UInt32) {
        var numbers = SeededNumbers(seed: UInt64(step))
        var table = StreamTable(vacant: -1)
        var model: [UInt32: Int] = [:]
        var next: UInt32 = 1
        for turn in 0..<20_000 {
            let some = model.keys.sorted().randomElement(using: &numbers) ?? 1
            switch Int.random(in: 0..<5, using: &numbers) {
            case 0, 1:
                guard model.count < 60 else { continue }
                table.insert(turn, for: StreamID(rawValue: next))
                model[next] = turn
                next = (next &+ step) & 0x7FFF_FFFF | 1
            case 2:
                table.insert(turn, for: StreamID(rawValue: some))
                model[some] = turn
            default:
                #expect(table.remove(StreamID(rawValue: some)) == model.removeValue(forKey: some))
            }
            #expect(table.count == model.count)
            let index = table.index(of: StreamID(rawValue: some))
            #expect(index.map { table[at: $0] } == model[some])
        }
        #expect(table.sortedIDs.map(\.rawValue) == model.keys.sorted())
        for (id, value) in model {
            #expect(table.index(of: StreamID(rawValue: id)).map { table[at: $0] } == value)
        }
    }

    @Test func theConnectionItselfIsNoStream() {
        let table = StreamTable(vacant: 0)
        #expect(table.index(of: .connection) == nil)
    }
}
