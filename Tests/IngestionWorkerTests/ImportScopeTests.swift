import Testing
import Wire

@testable import IngestionWorker
@testable import WorkerKit

/// Whose rows a unit's sender may bring: one row of another unit refuses the whole import, by file and line.
@Suite struct ImportScopeTests {
    private let own =
        "unit_code,decision_no,receipt_no,paid_on,amount,source\nVC,1/QĐ,7,2021-03-02,5,voluntary\n"

    @Test(
        arguments: [
            ("payments.csv", "", nil),
            (
                "payments.csv", "NN,1/QĐ,8,2021-03-02,5,voluntary\n",
                "payments.csv, dòng 3: đơn vị “NN”"
            ),
            (
                "payments.csv", "XX,1/QĐ,8,2021-03-02,5,voluntary\n",
                "payments.csv, dòng 3: đơn vị “XX”"
            ),
        ] as [(String, String, String?)])
    func rowsOfAnotherUnitRefuseAll(name: String, more: String, expected: String?) async throws {
        let clerk = AccessRight(.clerk, .units(["VC"]), unmasks: true)
        #expect(
            try await refusal(name, own + more, clerk)?.contains(expected ?? "–") ?? false
                == (expected != nil))
        let division = AccessRight(.division, .province, unmasks: true)
        #expect(try await refusal(name, own + more, division) == nil)
        // An officer sees no whole unit, and brings none.
        let officer = AccessRight(.officer, .officers(["A"], units: ["VC"]), unmasks: true)
        #expect(try await refusal(name, own + more, officer) != nil)
    }

    @Test func whoBelongsWhereIsTheProvinces() async throws {
        let clerk = AccessRight(.clerk, .units(["VC"]), unmasks: true)
        let units = "unit_code,name,level\nVC,Vĩnh Châu,district\n"
        #expect(try await refusal("units.csv", units, clerk)?.contains("danh mục chung") == true)
        let officers = "officer_code,name,unit_code\nA,An,VC\n"
        #expect(
            try await refusal("officers.csv", officers, clerk)?.contains("danh mục chung") == true)
    }

    private func refusal(_ name: String, _ text: String, _ right: AccessRight) async throws
        -> String?
    {
        let trial = try ImportTrial(name, Array(text.utf8))
        let parser = BatchParser(
            try trial.survey().flatMap { $0.tables.compactMap(\.file) }, spool: trial.spool,
            importID: trial.importID, options: trial.options, rowsPerBatch: 100)
        let scope = RowScope(access: WorkerAccess(principal: "uid:1001", rights: [right]))
        do throws(Failure) {
            try scope.check(try await batch(parser))
            return nil
        } catch {
            #expect(error.code == .permissionDenied && error.reason == "OUT_OF_SCOPE")
            return error.message
        }
    }

    private func batch(_ parser: BatchParser) async throws(Failure) -> ParsedBatch {
        do { return try await parser.next() } catch { throw Failure(.internal, "\(error)") }
    }
}
