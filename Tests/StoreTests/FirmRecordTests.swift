import Rules
import Store
import Testing

/// The registry of the auction: firms as they are kept, and where a row came from.
@Suite struct FirmRecordTests {
    let fixture: StoreFixture
    let store: Store

    init() throws {
        fixture = try StoreFixture()
        store = try fixture.open()
    }

    @Test func aFirmKeepsAllThatWasSaidOfIt() async throws {
        let row = Row(
            .auctionHouses,
            [
                "house_code": .text("DG01"), "name": .text("Đấu giá Tín Phát"),
                "licence_no": .text("12/ĐG"), "licensed_on": try day("2019-01-02"),
                "licence_until": try day("2021-12-31"), "suspended_from": try day("2021-04-01"),
                "suspended_until": try day("2021-04-30"), "capability": .text("movable"),
                "value_up_to": .integer(5_000_000_000), "address": .text("Sóc Trăng"),
            ])
        let bare = Row(
            .auctionHouses, ["house_code": .text("DG00"), "name": .text("Đấu giá Cửu Long")])
        #expect(try await store.take([row, bare]) == [.inserted, .inserted])
        #expect(try await store.take([row, bare]) == [.unchanged, .unchanged])
        let firms = try await store.read { try $0.firms(.auctionHouse) }
        #expect(firms.map(\.code) == ["DG00", "DG01"])
        var full = RegisteredFirm(role: .auctionHouse, code: "DG01", name: "Đấu giá Tín Phát")
        full.licenceNo = "12/ĐG"
        full.licensedOn = Day(2019, 1, 2)
        full.licenceUntil = Day(2021, 12, 31)
        full.suspendedFrom = Day(2021, 4, 1)
        full.suspendedUntil = Day(2021, 4, 30)
        full.capability = .movable
        full.valueUpTo = Dong(5_000_000_000)
        full.address = "Sóc Trăng"
        #expect(firms.last == full)
        let empty = RegisteredFirm(role: .auctionHouse, code: "DG00", name: "Đấu giá Cửu Long")
        #expect(firms.first == empty)
        #expect(try await store.read { try $0.firms(.appraiser) }.isEmpty)
    }

    @Test func aCorrectedFirmReplacesTheFormerOne() async throws {
        func row(_ name: String) -> Row {
            Row(.appraisers, ["appraiser_code": .text("TD01"), "name": .text(name)])
        }
        _ = try await store.take([row("Thẩm định A")])
        #expect(try await store.take([row("Thẩm định B")]) == [.corrected])
        let register = try await store.read { try $0.firmRegister(.appraiser) }
        #expect(register.firm(named: "td01")?.name == "Thẩm định B")
        #expect(register.firm(named: "Thẩm định A") == nil)
    }

    @Test func evidenceSaysWhichChangeAndLineBroughtIt() async throws {
        let key: [String: FieldValue] = [
            "unit_code": .text("A"), "decision_no": .text("1"), "asset_no": .text("TS1"),
        ]
        let asset = Row(
            .assets,
            key.merging([
                "asset_kind": .text("movable"), "seized_on": try day("2021-03-01"),
            ]) { $1 })
        func round(_ price: Int64) -> Row {
            Row(
                .rounds,
                key.merging(["round": .integer(1), "starting_price": .integer(price)]) { $1 })
        }
        _ = try await store.take([unitRow("A"), try caseRow("A", "1"), asset, round(5)])
        @Sendable func evidence(_ kind: AuctionEvidence.Kind, _ number: Int) -> AuctionEvidence {
            AuctionEvidence(
                kind: kind, key: CaseKey(unit: "A", decisionNo: "1"), assetNo: "TS1",
                number: number, on: nil, amount: nil)
        }
        let first = try await store.read { try $0.source(of: evidence(.rounds, 1)) }
        #expect(first?.change == 1 && first?.line == 5)
        _ = try await store.take([round(7)])
        let second = try await store.read { try $0.source(of: evidence(.rounds, 1)) }
        #expect(second?.change == 2 && second?.line == 2)
        let seized = try await store.read { try $0.source(of: evidence(.assets, 0)) }
        #expect(seized?.line == 4)
        #expect(try await store.read { try $0.source(of: evidence(.reductions, 1)) } == nil)
    }
}
