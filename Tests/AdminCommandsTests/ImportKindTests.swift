import Rules
import Testing

@testable import AdminCommands

@Suite struct ImportKindTests {
    /// The kinds by which files are chosen here are those that the ingestion knows, with the same titles.
    @Test func theKindsAreThoseOfTheImport() {
        let chosen = AdminCommands.ImportKind.allCases.map { [$0.rawValue, $0.vietnamese] }
        let imported = Rules.ImportKind.all.map { [$0.name, $0.title] }
        #expect(Set(chosen) == Set(imported))
        #expect(chosen.count == imported.count)
    }

    @Test(
        arguments: [
            ("paymnets", "payments"), ("Cases", "cases"), ("roundz", "rounds"), ("xyz", nil),
        ] as [(String, String?)])
    func aMistypedKindIsSuggested(typed: String, kind: String?) {
        #expect(AdminCommands.ImportKind.nearest(to: typed)?.rawValue == kind)
    }
}
