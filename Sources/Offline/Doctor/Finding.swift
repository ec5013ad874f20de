/// Something that the doctor looked at.
public struct DoctorFinding: Sendable, Hashable {
    public enum State: String, Sendable, Comparable {
        case ok, warning, problem

        private var rank: Int { self == .ok ? 0 : self == .warning ? 1 : 2 }
        public static func < (a: State, b: State) -> Bool { a.rank < b.rank }
    }

    /// A stable word for programs, e.g. `permissions`.
    public var check: String
    public var state: State
    /// File, folder, table or entry that it is about.
    public var place: String
    public var what: Wording
    /// What to do; empty where all is well.
    public var remedy: Wording

    public init(
        _ check: String, _ state: State, _ place: String, _ what: Wording,
        _ remedy: Wording = Wording("", "")
    ) {
        self.check = check
        self.state = state
        self.place = place
        self.what = what
        self.remedy = remedy
    }
}

/// `caodiem.doctor/1`
public struct DoctorReport: Encodable, Sendable {
    public struct Item: Encodable, Sendable {
        var check: String
        var state: String
        var `where`: String
        var what: String
        var `do`: String?
    }

    public var schema = "caodiem.doctor/1"
    public var data: String
    public var deep: Bool
    /// The worst of all findings.
    public var status: String
    public var findings: [Item]

    public static func answer(
        _ findings: [DoctorFinding], data: String, deep: Bool, _ language: Speech
    ) -> OfflineAnswer {
        let worst = findings.map(\.state).max() ?? .ok
        let items = findings.map { finding in
            Item(
                check: finding.check, state: finding.state.rawValue, where: finding.place,
                what: finding.what.text(language),
                do: finding.remedy.en.isEmpty ? nil : finding.remedy.text(language))
        }
        let report = DoctorReport(data: data, deep: deep, status: worst.rawValue, findings: items)
        return OfflineAnswer(
            report, lines(findings, worst), ending: worst == .problem ? .failed : .ok)
    }

    private static func lines(
        _ findings: [DoctorFinding], _ worst: DoctorFinding.State
    ) -> [Wording] {
        let marks: [DoctorFinding.State: String] = [.ok: "✓", .warning: "!", .problem: "✗"]
        var lines = findings.flatMap { finding -> [Wording] in
            let head = "\(marks[finding.state] ?? "") \(finding.check)"
            let place = finding.place.isEmpty ? "" : " [\(finding.place)]"
            let said = Wording(
                "\(head): \(finding.what.vi)\(place)", "\(head): \(finding.what.en)\(place)")
            guard !finding.remedy.en.isEmpty else { return [said] }
            return [said, Wording("    → \(finding.remedy.vi)", "    → \(finding.remedy.en)")]
        }
        let end: Wording =
            switch worst {
            case .ok: Wording("Mọi thứ đều ổn.", "All is well.")
            case .warning:
                Wording("Chạy được, có điều cần để ý.", "It works; some things need care.")
            case .problem:
                Wording("CÓ VẤN ĐỀ, xem các dòng ✗.", "THERE ARE PROBLEMS, see the lines with ✗.")
            }
        lines.append(end)
        return lines
    }
}
