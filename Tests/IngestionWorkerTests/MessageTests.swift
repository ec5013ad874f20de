import Rules
import Store
import Testing
import Wire

@testable import IngestionWorker

@Suite struct MessageTests {
    @Test func bothCataloguesHaveEveryKey() {
        for key in MessageKey.allCases {
            #expect(MessageCatalogue.vietnamese[key]?.isEmpty == false, "\(key) in Vietnamese")
            #expect(MessageCatalogue.english[key]?.isEmpty == false, "\(key) in English")
        }
    }

    @Test func bothSayTheSameThings() {
        for key in MessageKey.allCases {
            let vi = MessageCatalogue.placeholders(of: MessageCatalogue.vietnamese[key] ?? "")
            let en = MessageCatalogue.placeholders(of: MessageCatalogue.english[key] ?? "")
            #expect(vi == en, "\(key): \(vi) and \(en)")
        }
    }

    /// Only names of sheets that the program itself adds are the same in both languages.
    @Test func theyDiffer() {
        for key in MessageKey.allCases where ![.errorsSheet, .listsSheet].contains(key) {
            #expect(
                MessageCatalogue.vietnamese[key] != MessageCatalogue.english[key], "\(key)")
        }
    }

    @Test func placeholdersAreFilled() {
        let message = Message(.unknownColumn, ["heading": "{x}", "kind": "cases"])
        #expect(message.text(in: .en) == "column “{x}” is not one of cases; it is left out")
        #expect(Message(.importUnits).text(in: .vi).contains("units"))
    }

    /// What a clerk reads has no gap left in it, whatever went wrong.
    @Test(arguments: [MessageLanguage.vi, .en]) func everyFindingOfABadFileIsWhole(
        _ language: MessageLanguage
    ) async throws {
        let (_, findings) = try await read(
            """
            unit_code,decision_no,decision_on,initiative,amount_due,state_revenue,nhiệt độ
            A,1,31/02/2021,on request pls,-5,maybe,1
            ,,,,
            A,\u{1},2021-01-01,on_request,1.5,0,
            A,3,2021-01-01,on_request,99999999999999999,0,,,,x
            """, as: .cases, language: language)
        #expect(
            findings.errors.map(\.code) == [
                "bad_date", "bad_value", "bad_money", "bad_value", "bad_value", "bad_money",
                "bad_money", "bad_file",
            ])
        for finding in findings.errors + findings.warnings {
            for text in [finding.message, finding.hint, finding.expected] {
                #expect(!text.contains("{"), "\(finding.code): \(text)")
            }
        }
        #expect(findings.errors[0].cell == "C2")
        #expect(findings.errors[1].expected.contains("Theo yêu cầu (on_request)"))
    }
}
