import Testing

@testable import DashboardWorker

/// WCAG 2.2, 1.4.3: text stands out from its ground by 4.5 to 1 at least, in both themes.
@Suite struct ContrastTests {
    /// The colours of the light theme, then those of the dark one that a reader chooses.
    private static let themes: [[String: UInt32]] = Stylesheet.text
        .split(separator: "}").prefix(2).map { block in
            var colours: [String: UInt32] = [:]
            for entry in block.split(separator: ";") {
                let sides = entry.split(separator: ":")
                guard sides.count == 2, let at = sides[0].firstIndex(of: "-") else { continue }
                let value = sides[1].drop { $0 == " " || $0 == "#" }
                colours[String(sides[0][at...])] = UInt32(value, radix: 16)
            }
            return colours
        }

    @Test(arguments: [
        "--text", "--quiet", "--accent", "--met", "--missed", "--running", "--late", "--none",
    ])
    func textStandsOut(colour: String) throws {
        #expect(ContrastTests.themes.count == 2)
        for theme in ContrastTests.themes {
            for ground in ["--ground", "--surface", "--raised"] {
                let ratio = ContrastTests.contrast(
                    try #require(theme[colour]), try #require(theme[ground]))
                #expect(ratio >= 4.5, "\(colour) on \(ground): \(ratio)")
            }
        }
    }

    /// 1.4.11: parts of drawings by 3 to 1.
    @Test(arguments: [
        ("--met-fill", "--surface"), ("--missed-fill", "--surface"),
        ("--running-fill", "--surface"),
        ("--mark", "--surface"), ("--accent", "--accent-ground"), ("--strong-line", "--surface"),
    ])
    func partsOfDrawingsStandOut(colour: String, ground: String) throws {
        for theme in ContrastTests.themes {
            let least = colour == "--strong-line" ? 2.0 : 3.0
            let ratio = ContrastTests.contrast(
                try #require(theme[colour]), try #require(theme[ground]))
            #expect(ratio >= least, "\(colour) on \(ground): \(ratio)")
        }
    }

    private static func contrast(_ a: UInt32, _ b: UInt32) -> Double {
        let (first, second) = (luminance(a), luminance(b))
        return (max(first, second) + 0.05) / (min(first, second) + 0.05)
    }

    private static func luminance(_ colour: UInt32) -> Double {
        let parts = [16, 8, 0].map { shift in
            let part = Double(colour >> UInt32(shift) & 255) / 255
            return part <= 0.03928 ? part / 12.92 : power((part + 0.055) / 1.055)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }

    /// To the 2.4th: the fifth root of the twelfth power, by Newton.
    private static func power(_ base: Double) -> Double {
        let twelfth = (0..<12).reduce(1.0) { product, _ in product * base }
        var root = base * base
        for _ in 0..<60 {
            root -= (root * root * root * root * root - twelfth) / (5 * root * root * root * root)
        }
        return root
    }
}
