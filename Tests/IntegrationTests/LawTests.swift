import Foundation
import Testing

/// The law book and the adviser of Art. 61, asked of real processes.
@Suite(.serialized) struct LawTests {
    @Test func theBookAnswersAndNamesTheNearestRule() throws {
        let fleet = try FleetUnderTest()
        let list = try fleet.json(["law", "list", "--on", "2021-03-01"])
        #expect(list["schema"] as? String == "caodiem.law-list/1")
        let rules = try #require(list["rules"] as? [[String: Any]])
        #expect(rules.count > 230)
        let old = try fleet.json(["law", "show", "E-09", "--on", "30/6/2015"])
        #expect(old["value"] as? Int == 15)
        #expect(old["unit"] as? String == "calendar_days")
        #expect(old["to"] as? String == "2015-06-30")
        #expect(old["verified"] as? Bool == false)
        #expect(old["digest"] as? String == list["digest"] as? String)
        let row = try fleet.json(["law", "show", "V-10", "--on", "2021-03-01"])
        #expect((row["parts"] as? [[String: Any]])?.count == 2)
        let diff = try fleet.json(["law", "diff", "2020-04-30", "2020-05-01"])
        let changes = try #require(diff["changes"] as? [[String: Any]])
        #expect(changes.contains { $0["id"] as? String == "P-01" })
        let wrong = try fleet.cli(["law", "show", "V10.movabel"])
        #expect(wrong.code == 1 || wrong.code == 4)
        #expect(wrong.err.contains("V-10.movable"), "\(wrong.err)")

        let place = try Folder("exemption")
        _ = try place.write("units.csv", RefusalTests.units)
        _ = try place.write(
            "cases.csv",
            "unit_code,decision_no,decision_on,initiative,amount_due,state_revenue,revenue_kind\n"
                + "A,1,2016-05-31,ex_officio,50000000,1,fee\n"
                + "A,2,2016-05-31,on_request,50000000,0,\n")
        _ = try place.write(
            "payments.csv",
            "unit_code,decision_no,receipt_no,paid_on,amount,source\n"
                + "A,1,BL1,2021-03-01,999999,voluntary\n")
        let imported = try fleet.cli(["import", place.path])
        #expect(imported.code == 0, "\(imported.err)")
        let advice = try fleet.json(["case", "exemption", "A", "1", "--as-of", "2021-05-31"])
        let exemption = try #require(advice["exemption"] as? [String: Any])
        #expect(exemption["verdict"] as? String == "needs_payment")
        #expect(exemption["to_pay"] as? Int == 1)
        let plain = try fleet.json(["case", "exemption", "A", "2", "--as-of", "2021-05-31"])
        #expect(plain["exemption"] is NSNull)
        #expect(try fleet.stop() == 0)
    }
}
