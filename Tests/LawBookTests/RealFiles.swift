import FoundationEssentials
import LawBook
import Rules

/// The files that ship: the law book and the sample's plan.
enum RealFiles {
    private static let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
    static let lawDirectory = root + "/Sources/LawBook/Law"
    static let planPath = root + "/Samples/soc-trang-2021/plan.yaml"

    static let lawParametersPath = root + "/docs/law-parameters.md"

    /// The law book that ships, loaded once for all tests.
    static let book = Result { try LawBook.load(directory: lawDirectory) }

    static func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: path)))
    }
}
