import Foundation
import Rules
import Store
import Testing

@testable import IngestionWorker

/// What is read in one go must be what is read byte by byte, and letter by letter.
@Suite struct CanonicalFormTests {
    /// A small generator with a seed (Knuth's MMIX constants).
    private struct Dice: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 31)
        }
    }

    /// The rows with their lines, or what was wrong with the text.
    private func outcome(_ text: String, chunk: Int) -> [String] {
        do {
            return try rows(text, chunk: chunk).map { "\($0.line): \($0.cells)" }
        } catch let problem as TableProblem {
            return ["\(problem.kind) \(problem.line)"]
        } catch {
            return ["\(error)"]
        }
    }

    @Test(arguments: 1...20) func rowsAreTheSameHoweverTheBytesArrive(_ seed: UInt64) {
        var dice = Dice(state: seed)
        let pieces = ["a", "é", "đồng", ",", ",", "\"", "\"\"", "\n", "\r\n", "\r", " ", ";", "\0"]
        for _ in 0..<60 {
            let body = (0..<Int.random(in: 0..<24, using: &dice)).map { _ in
                pieces[
                    Int.random(
                        in: 0..<(pieces.count - Int.random(in: 0...1, using: &dice)), using: &dice)]
            }
            let text = "\"heading\",b,c\n" + body.joined()
            let whole = outcome(text, chunk: 1 << 16)
            for chunk in [15, 16, 19, 23] {
                #expect(outcome(text, chunk: chunk) == whole, "\(text.debugDescription)")
            }
        }
    }

    /// Text comes out trimmed and composed, whatever letters, marks and blanks it is made of.
    @Test(arguments: 1...20) func textIsTrimmedAndComposed(_ seed: UInt64) async throws {
        var dice = Dice(state: seed)
        let letters: [Unicode.Scalar] = [
            "a", "Z", "9", " ", "\u{A0}", "\u{85}", "é", "đ", "ư", "ế", "Ợ", "\u{301}", "\u{323}",
            "\u{37E}", "\u{2003}", "\u{3000}", "\u{1680}", "\u{FEFF}", "Ω", "中", "😀", "\u{7F}",
        ]
        var texts: [String] = []
        for _ in 0..<80 {
            let scalars = (0..<Int.random(in: 1..<7, using: &dice)).map { _ in
                letters[Int.random(in: 0..<letters.count, using: &dice)]
            }
            texts.append(String(String.UnicodeScalarView(scalars)))
        }
        let body = texts.map { "A,\($0),district\n" }.joined()
        let trial = try ImportTrial(
            "units.csv", Array("unit_code,name,level\n\(body)".utf8), kind: .units)
        let table = try #require(try await trial.read().tables.first)
        #expect(table.rows.count == texts.count)
        for (text, row) in zip(texts, table.rows) {
            let isBlank = text.unicodeScalars.allSatisfy { Cell.isEmpty(String($0)) }
            let marked = text.unicodeScalars.contains { (0x300...0x36F).contains($0.value) }
            let ends = [text.unicodeScalars.first, text.unicodeScalars.last].compactMap { $0 }
            let trimmed =
                ends.contains(where: \.properties.isWhitespace)
                ? text.trimmingCharacters(in: .whitespacesAndNewlines) : text
            let expected = marked ? trimmed.precomposedStringWithCanonicalMapping : trimmed
            guard case .text(let found) = row[1] else {
                #expect(isBlank && row[1] == .null, "\(text.debugDescription)")
                continue
            }
            #expect(
                Array(found.unicodeScalars) == Array(expected.unicodeScalars),
                "\(text.debugDescription)")
        }
    }

    /// Bytes that are no UTF-8 never pass for plain text.
    @Test(arguments: 1...10) func brokenBytesAreNotPlain(_ seed: UInt64) {
        var dice = Dice(state: seed)
        let bytes: [UInt8] = [
            0x41, 0x20, 0x80, 0xA1, 0xBF, 0xC0, 0xC3, 0xCC, 0xE1, 0xBA, 0xED, 0xF0,
        ]
        for _ in 0..<500 {
            let cell = (0..<Int.random(in: 1..<6, using: &dice)).map { _ in
                bytes[Int.random(in: 0..<bytes.count, using: &dice)]
            }
            let isPlain = cell.withUnsafeBufferPointer { CanonicalCell.isPlain($0) }
            if isPlain {
                #expect(String(validating: cell, as: UTF8.self) != nil, "\(cell)")
                #expect(cell.first != 0x20 && cell.last != 0x20)
            }
        }
    }
}

/// Bytes that are still on their way.
@Suite struct ArrivalTests {
    private func spool(silence: Int) throws -> (Spool, id: String) {
        let folder = NSTemporaryDirectory() + "/arrival-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let progress = ImportProgress { _ in }
        let spool = Spool(
            folder: folder, arrival: Arrival(progress: progress, silence: silence))
        return (spool, try spool.begin(offer: [], atMilliseconds: 1))
    }

    @Test func aReaderWaitsForTheBytesThatStillCome() throws {
        let (spool, id) = try spool(silence: 5_000)
        defer { try? FileManager.default.removeItem(atPath: spool.folder) }
        let bytes = (0..<700_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
        // On a thread of its own: the reader holds this one.
        DispatchQueue(label: "sender").async {
            for start in stride(from: 0, to: bytes.count, by: 90_000) {
                let chunk = Array(bytes[start..<min(start + 90_000, bytes.count)])
                _ = try? spool.append(id, file: 0, offset: UInt64(start), chunk: chunk)
                usleep(2_000)
            }
        }
        let next = try spool.reader(id, file: 0, size: UInt64(bytes.count))
        var found: [UInt8] = []
        while let chunk = try next() { found += chunk }
        #expect(found == bytes)
    }

    @Test func whoSendsNothingMoreIsGivenUp() throws {
        let (spool, id) = try spool(silence: 30)
        defer { try? FileManager.default.removeItem(atPath: spool.folder) }
        _ = try spool.append(id, file: 0, offset: 0, chunk: [1, 2, 3])
        let problem = #expect(throws: Spool.Problem.self) {
            _ = try spool.reader(id, file: 0, size: 9)()
        }
        guard case .incomplete? = problem?.kind else {
            Issue.record("\(String(describing: problem))")
            return
        }
    }

    @Test func aCallerWhoGoesEndsTheWait() throws {
        let progress = ImportProgress { _ in }
        progress.cancel()
        let arrival = Arrival(progress: progress)
        #expect(throws: StoreFailure.self) { try arrival.wait(for: "/nonexistent", 1, of: 2) }
    }
}
