/// `doctor`: looks at a data folder and the machine it is on, and changes nothing.
public struct Doctor: Sendable {
    public var data: String
    public var isDeep: Bool
    /// Workers that live, as `plugin pid`, and whether a coordinator has the folder.
    public var workers: [String]
    public var isRunning: Bool
    /// What was found of configuration, plugins and certificates.
    public var others: [DoctorFinding]

    public init(
        data: String, isDeep: Bool, workers: [String], isRunning: Bool, others: [DoctorFinding]
    ) {
        self.data = data
        self.isDeep = isDeep
        self.workers = workers
        self.isRunning = isRunning
        self.others = others
    }

    public func findings() throws -> [DoctorFinding] {
        let folder = try BackupFolder(data)
        let machine = MachineExamination(data: data)
        let store = StoreExamination(folder: folder, isRunning: isRunning).run(isDeep: isDeep)
        return machine.permissions() + machine.freeDisk() + machine.fileSystem()
            + machine.descriptors() + machine.clock(last: store.lastAtMilliseconds)
            + processes() + others + store.findings
    }

    private func processes() -> [DoctorFinding] {
        guard !isRunning, !workers.isEmpty else {
            let said =
                isRunning
                ? Wording("hệ thống đang chạy", "the fleet runs")
                : Wording("hệ thống không chạy", "the fleet does not run")
            return [DoctorFinding("processes", .ok, data, said)]
        }
        return workers.map { worker in
            DoctorFinding(
                "processes", .warning, worker,
                Wording(
                    "tiến trình còn sót của coordinator đã chết",
                    "a process left over by a coordinator that died"),
                Wording(
                    "coordinator sẽ kết thúc nó khi khởi động",
                    "the coordinator ends it when it starts"))
        }
    }
}
