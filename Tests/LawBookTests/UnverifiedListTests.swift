import LawBook
import Rules
import Testing

@Suite("docs/law-parameters.md")
struct UnverifiedListTests {
    @Test("lists exactly the values that are not verified, with days, title and citation")
    func inStep() throws {
        let text = String(
            decoding: try RealFiles.bytes(RealFiles.lawParametersPath), as: UTF8.self)
        let lines = text.split(separator: "\n")
        let heading = try #require(lines.firstIndex(of: "## What is not verified"))
        let listed = lines[heading...].drop { !$0.hasPrefix("| `") }
            .prefix { $0.hasPrefix("| `") }.map(String.init)
        let book = try RealFiles.book.get()
        let unverified = book.editions.values.joined().filter { !$0.verified }.map { rule in
            "| `\(rule.id)` | \(rule.from) –\(rule.to.map { " \($0)" } ?? "") | \(rule.title) "
                + "| \(rule.citation) |"
        }
        #expect(Set(listed).symmetricDifference(unverified).isEmpty)
        #expect(unverified.count > 20)
    }
}
