import Foundation
import Testing

/// Forecasts of 15/4 on the sample province against what the scores came to; the error is printed in docs/forecast.md.
@Suite(.serialized) struct BackTests {
    private struct Errors {
        var units = 0
        var within = 0
        var middle = 0.0
        var pace = 0.0
        var told = 0
        var right = 0
    }

    /// Targets whose last day is the last of the window.
    private static let targets = [
        "large_value_seized", "old_resolved_count", "old_resolved_money", "decisions_timely",
        "classification_right", "violations_repaired",
    ]

    @Test func theErrorOfTheSampleIsThatOfTheDocs() throws {
        let fleet = try FleetUnderTest()
        let csv = try FleetUnderTest.province(
            seed: 2021, units: 12, cases: 17_000, profile: "soc-trang", in: fleet.folder)
        #expect(try fleet.cli(["campaign", "apply", "-f", FleetUnderTest.plan]).code == 0)
        #expect(try fleet.json(["import", csv])["status"] as? String == "applied")
        let told = try fleet.json(["score", "forecast", "--as-of", "2021-04-15"])
        let truth = try fleet.json(["score", "--as-of", "2021-05-31"])
        #expect(try fleet.stop() == 0)
        let docs = try Project.text(Project.root + "/docs/forecast.md")
        for target in BackTests.targets {
            let line = try row(target, told, truth)
            let isSaid = docs.contains(line)
            #expect(isSaid, "docs/forecast.md should say: \(line)")
        }
    }

    private func row(
        _ id: String, _ told: [String: Any], _ truth: [String: Any]
    ) throws -> String {
        var errors = Errors()
        let forecasts = try targets(id, told)
        let results = try targets(id, truth)
        for (unit, forecast) in forecasts {
            let result = try #require(results[unit])
            guard let came = rate(result), let now = rate(forecast["now"]),
                let low = rate(forecast["low"]), let middle = rate(forecast["middle"]),
                let high = rate(forecast["high"])
            else { continue }
            errors.units += 1
            if min(low, middle) - 0.000_001 <= came, came <= max(high, middle) + 0.000_001 {
                errors.within += 1
            }
            errors.middle += abs(middle - came)
            errors.pace += abs(now - came)
            let isMet = result["state"] as? String == "met"
            switch forecast["state"] as? String {
            case "met", "on_course":
                errors.told += 1
                if isMet { errors.right += 1 }
            case "reachable", "lost", "closed":
                errors.told += 1
                if !isMet { errors.right += 1 }
            default: break
            }
        }
        func points(_ sum: Double) -> String {
            String(format: "%.2f", errors.units == 0 ? 0 : sum * 100 / Double(errors.units))
        }
        return "| `\(id)` | \(errors.within)/\(errors.units) | \(points(errors.middle)) "
            + "| \(points(errors.pace)) | \(errors.right)/\(errors.told) |"
    }

    private func targets(_ id: String, _ answer: [String: Any]) throws -> [String: [String: Any]] {
        var found: [String: [String: Any]] = [:]
        for unit in try #require(answer["units"] as? [[String: Any]]) {
            let targets = unit["targets"] as? [[String: Any]] ?? []
            found[unit["unit"] as? String ?? ""] = targets.first { $0["id"] as? String == id }
        }
        return found
    }

    private func rate(_ figure: Any?) -> Double? {
        ((figure as? [String: Any])?["rate"] as? String).flatMap(Double.init)
    }
}
