import Datagen
import Rules
import Testing

/// The default province, as `make run` makes it: is it the one that the domain describes?
@Suite(.serialized)
struct SocTrangTests {
    static let province = Result { try ReadProvince(MemorySink.province(cases: 17_000)) }
    static let caseKey = ["unit_code", "decision_no"]

    private func table(_ kind: TableKind) throws -> ReadTable {
        try SocTrangTests.province.get()[kind]
    }

    @Test func hasTheTwelveUnitsInThreeClusters() throws {
        let units = try table(.units)
        #expect(
            try units.column("unit_code") == [
                "CUC", "TPST", "TXVC", "TXNN", "CT", "CLD", "KS", "LP", "MT", "MX", "TT", "TD",
            ])
        #expect(try units.column("level").filter { $0 == "province" }.count == 1)
        #expect(Set(try units.column("cluster")) == ["1", "2", "3"])
        var officers: [String: Int] = [:]
        for unit in try table(.officers).column("unit_code") { officers[unit, default: 0] += 1 }
        #expect(officers.count == 12)
        #expect(officers.values.allSatisfy { (4...12).contains($0) })
    }

    /// Cases whose latest classification is not enforceable and that are not finished.
    private func casesWithoutMeans() throws -> Set<String> {
        let decisions = try table(.decisions)
        let kind = try decisions.index("kind")
        var without: Set<String> = []
        var finished: Set<String> = []
        for (key, row) in zip(try decisions.keys(SocTrangTests.caseKey), decisions.rows) {
            switch row[kind] {
            case "not_enforceable": without.insert(key)
            case "enforceable": without.remove(key)
            case "complete", "terminate": finished.insert(key)
            default: break
            }
        }
        return without.subtracting(finished)
    }

    @Test func fourFifthsOfTheCasesAndTwoThirdsOfTheMoneyAreEnforceable() throws {
        let cases = try table(.cases)
        let without = try casesWithoutMeans()
        let amount = try cases.index("amount_due")
        var all = 0.0
        var enforceable = 0.0
        for (key, row) in zip(try cases.keys(SocTrangTests.caseKey), cases.rows) {
            let due = try #require(Double(row[amount]))
            all += due
            if !without.contains(key) { enforceable += due }
        }
        let share = 1 - Double(without.count) / 17_000
        #expect((0.78...0.82).contains(share), "\(share)")
        #expect((0.63...0.71).contains(enforceable / all), "\(enforceable / all)")
        #expect((1.2e12...1.9e12).contains(all), "\(all)")
    }

    @Test func bankCreditIsFewCasesAndHalfOfTheMoney() throws {
        let cases = try table(.cases)
        let amounts = try cases.column("amount_due").map { Double($0) ?? 0 }
        let banks = try cases.column("credit_institution")
        let total = amounts.reduce(0, +)
        let ofBanks = zip(amounts, banks).reduce(0) { $0 + ($1.1 == "1" ? $1.0 : 0) }
        let share = Double(banks.filter { $0 == "1" }.count) / 17_000
        #expect((0.05...0.08).contains(share), "\(share)")
        #expect((0.42...0.58).contains(ofBanks / total), "\(ofBanks / total)")
        let sorted = amounts.sorted()
        #expect(sorted[8500] * 8 < total / 17_000, "the tail is heavy: the mean is far above")
    }

    @Test func oldCasesAreFewAndTheRestOfTheYearsFollow() throws {
        let days = try table(.cases).column("decision_on")
        let old = Double(days.filter { $0 <= "2017-12-31" }.count) / 17_000
        #expect((0.05...0.08).contains(old), "\(old)")
        #expect(days.allSatisfy { $0 <= "2021-09-30" })
    }

    @Test func textStandsInBothForms() throws {
        let debtors = try table(.cases).column("debtor")
        let marks = debtors.filter {
            $0.unicodeScalars.contains { (0x300...0x323).contains($0.value) }
        }
        #expect((500...1500).contains(marks.count), "\(marks.count)")
        #expect(debtors.contains { $0.hasPrefix("Thạch ") })
        #expect(debtors.contains { $0.contains("\"") })
    }

    @Test func aThirdOfTheUnitsReachEightyPercentOfTheirLargeCases() throws {
        let large = try table(.nominations).rows(where: ["list": "large_value"])
        let assets = try table(.assets)
        let seizedOn = try assets.index("seized_on")
        let seized = Set(
            zip(try assets.keys(SocTrangTests.caseKey), assets.rows)
                .filter { $0.1[seizedOn] <= "2021-05-31" }.map { $0.0 })
        var listed: [String: (all: Int, seized: Int)] = [:]
        for row in large {
            let unit = try #require(row["unit_code"])
            let key = unit + "|" + (row["decision_no"] ?? "")
            listed[unit, default: (0, 0)].all += 1
            if seized.contains(key) { listed[unit, default: (0, 0)].seized += 1 }
        }
        #expect(listed.values.allSatisfy { $0.all <= 10 })
        #expect(listed.count == 11, "one unit has none to list")
        #expect(listed.values.filter { $0.all < 10 }.count == 2)
        #expect(listed.values.filter { $0.seized * 10 >= $0.all * 8 }.count == 4)
        let old = Set(
            try table(.nominations).rows(where: ["list": "old_case"]).map { $0["unit_code"] })
        #expect(old.count == 11, "one unit has no old case left")
    }

    @Test func reportsAreInTimeLateAndMissing() throws {
        let reports = try table(.reports)
        let lists = try reports.rows(where: ["kind": "lists"]).compactMap { $0["submitted_on"] }
        #expect(lists.count == 11)
        #expect(lists.filter { $0 > "2021-02-20" }.count == 2)
        let summaries = try reports.rows(where: ["kind": "summary"])
        #expect(summaries.count == 10)
        #expect(!summaries.contains { $0["unit_code"] == "CUC" }, "a duty of the branches")
    }

    @Test func auctionsTakeEveryTurn() throws {
        #expect(
            Set(try table(.rounds).column("outcome")) == [
                "scheduled", "no_participants", "no_bids", "failed", "sold", "cancelled",
            ])
        #expect(
            Set(try table(.assets).column("disposal")) == [
                "", "sold", "taken", "released", "returned",
            ])
        #expect(Set(try table(.offers).column("answer")).isSuperset(of: ["accepted", "refused"]))
        #expect(Set(try table(.payments).column("source")).count == 5)
        #expect(try table(.valuations).rows.count > 5)
        #expect(Set(try table(.reductions).column("agreed")) == ["0", "1"])
    }

    @Test func mistakesOfProcedureAreThereToFind() throws {
        let cases = try table(.cases)
        let decided = Dictionary(
            uniqueKeysWithValues: zip(
                try cases.keys(SocTrangTests.caseKey), try cases.column("decision_on")))
        let payments = try table(.payments)
        let early = zip(try payments.keys(SocTrangTests.caseKey), try payments.column("paid_on"))
            .filter { $0.1 < (decided[$0.0] ?? "") }
        #expect((5...80).contains(early.count), "\(early.count)")
        #expect(try payments.column("reversed_on").filter { $0 > "2021-05-31" }.count > 3)
        let serious = try table(.violations).rows(where: ["severity": "serious"])
        #expect(Set(serious.map { $0["unit_code"] }).count == 2)
        #expect(
            serious.allSatisfy {
                ("2021-03-01"..."2021-05-31").contains($0["found_on"] ?? "")
            })
        #expect((5...80).contains(try tooDeepReductions()))
        #expect(try unnoticedFailures() > 3, "first failures without a notice to the parties")
    }

    /// Reductions to less than nine tenths of the price of the round before.
    private func tooDeepReductions() throws -> Int {
        let rounds = try table(.rounds)
        let key = SocTrangTests.caseKey + ["asset_no"]
        let prices = Dictionary(
            uniqueKeysWithValues: zip(
                try rounds.keys(key + ["round"]), try rounds.column("starting_price")))
        let reductions = try table(.reductions)
        let price = try reductions.column("reduced_price")
        return zip(try reductions.keys(key + ["number"]), price).filter {
            guard let before = prices[$0.0].flatMap(Int64.init), let now = Int64($0.1) else {
                return false
            }
            return now * 10 < before * 9
        }.count
    }

    /// First rounds that failed, without anything done about it to this day.
    private func unnoticedFailures() throws -> Int {
        let key = SocTrangTests.caseKey + ["asset_no"]
        let assets = try table(.assets)
        let disposal = try assets.column("disposed_on")
        let noticed = Set(try table(.reductions).keys(key))
        let closed = Set(zip(try assets.keys(key), disposal).filter { $0.1 != "" }.map(\.0))
        let rounds = try table(.rounds)
        let failures = ["1|no_participants", "1|no_bids", "1|failed"]
        return zip(try rounds.keys(key), try rounds.keys(["round", "outcome"])).filter {
            failures.contains($0.1) && !noticed.contains($0.0) && !closed.contains($0.0)
        }.count
    }
}
