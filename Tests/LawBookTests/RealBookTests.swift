import LawBook
import Rules
import Testing

@Suite("The law book that ships")
struct RealBookTests {
    @Test("loads, with a digest over its files")
    func loads() throws {
        let book = try LawBook.load(directory: RealFiles.lawDirectory)
        #expect(book.editions.count > 150)
        #expect(book.digest.count == 71)
    }
}
