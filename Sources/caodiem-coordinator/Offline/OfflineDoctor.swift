import ArgumentParser
import Coordination
import Offline

/// `--offline doctor [--deep] [--config FILE] [--plugins DIR]`
struct OfflineDoctor: OfflineVerb {
    static let configuration = CommandConfiguration(commandName: "doctor")

    @Flag var deep = false
    @Option var config: String?
    @Option var plugins: String?
    @OptionGroup var common: OfflineOptions

    func answer() throws -> OfflineAnswer {
        let data = try common.requiredData()
        let options = CoordinatorOptions(data: data, plugins: plugins, config: config)
        let left = LeftWorkers.of(dataFolder: data)
        let doctor = Doctor(
            data: data, isDeep: deep, workers: left.workers, isRunning: left.isRunning,
            others: OfflineDoctor.preflight(options))
        return DoctorReport.answer(
            try doctor.findings(), data: data, deep: deep, common.lang.speech)
    }

    private static func preflight(_ options: CoordinatorOptions) -> [DoctorFinding] {
        let preflight = Preflight(options, executable: "/proc/self/exe")
        let found = preflight.findings.map { finding in
            DoctorFinding(
                finding.subject.rawValue, finding.isWarning ? .warning : .problem, finding.place,
                Wording(finding.what, finding.what), Wording(finding.fix, finding.fix))
        }
        let subjects = Set(preflight.findings.map(\.subject))
        var well: [DoctorFinding] = []
        if subjects.isDisjoint(with: [.plugin, .configuration]) {
            let count = preflight.plugins
            well.append(
                DoctorFinding(
                    "plugin", .ok, "",
                    Wording("\(count) plugin chạy được", "\(count) plugins can be started")))
        }
        if !subjects.contains(.certificate), preflight.certificates > 0 {
            let count = preflight.certificates
            well.append(
                DoctorFinding(
                    "certificate", .ok, "",
                    Wording("\(count) chứng thư còn hạn", "\(count) certificates are valid")))
        }
        return found + well
    }
}
