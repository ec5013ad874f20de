import Testing

@testable import Conformance

/// The list of cases is whole, and every id names one rule.
@Suite struct CaseListTests {
    @Test func idsAreUnique() {
        let ids = Case.all.map(\.id)
        #expect(Set(ids).count == ids.count)
    }

    /// C1–C39, S40–S62 and R63–R65 are there, or listed with a reason.
    @Test(arguments: 1...65) func everyNumberOfTheListIsThere(_ number: Int) {
        let letter = number < 40 ? "C" : number < 63 ? "S" : "R"
        #expect(Case.all.contains { $0.isNamed("\(letter)\(number)") })
    }

    @Test func aNameMeansItsCaseAndItsParts() {
        let item = Case("C10a", "", needs: .connection) { _ throws(Verdict) in }
        #expect(item.isNamed("C10a"))
        #expect(item.isNamed("C10"))
        #expect(item.isNamed("C"))
        #expect(!item.isNamed("C1"))
        #expect(!item.isNamed("S"))
    }

    @Test func whatIsNotRunSaysWhy() {
        for item in Case.all {
            if case .elsewhere(let reason) = item.need { #expect(reason.count > 20, "\(item.id)") }
        }
    }

    @Test func theCommandLine() throws {
        let options = try #require(
            Options(["--peer", "tcp:[::1]:7", "--only", "C1,C2a", "--only", "S", "--long"]))
        #expect(options.peer == .tcp(host: "[::1]", port: 7))
        #expect(options.only == ["C1", "C2a", "S"])
        #expect(options.isLong)
        #expect(Options(["--peer", "unix:/a b"])?.peer == .unix("/a b"))
        #expect(Options(["--list"])?.lists == true)
        for wrong in [
            [], ["--peer"], ["--peer", "x"], ["--peer", "tcp:host"], ["--peer", "unix:"],
            ["--peer", "http:x"], ["--only", "C1"], ["--nonsense"],
        ] {
            #expect(Options(wrong) == nil, "\(wrong)")
        }
    }
}
