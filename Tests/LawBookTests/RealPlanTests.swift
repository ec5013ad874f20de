import LawBook
import Rules
import Testing

@Suite("The sample's plan")
struct RealPlanTests {
    @Test("reads as the plan says")
    func reads() throws {
        let plan = try PlanFile.parse(
            bytes: RealFiles.bytes(RealFiles.planPath), name: "plan.yaml")
        #expect(plan.targets.map(\.id) == Measure.allCases.map(\.rawValue))
    }
}
