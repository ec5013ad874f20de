import Glibc

/// What of the machine the store relies upon: modes, room, file system, descriptors, clock.
struct MachineExamination {
    enum Limits {
        /// Free bytes below which nothing can be relied upon, and below which it is time to act.
        static let leastFree: Int64 = 64 << 20
        static let enoughFree: Int64 = 512 << 20
        static let leastDescriptors: UInt = 256
        static let enoughDescriptors: UInt = 1024
        /// How far a later change may lie ahead of the clock, in milliseconds.
        static let clockSkew: Int64 = 60_000
        /// 2024-01-01: a clock before it was never set.
        static let leastClock: Int64 = 1_704_067_200_000
        /// Files that are told one by one.
        static let told = 20
    }

    let data: String

    func permissions() -> [DoctorFinding] {
        var open: [DoctorFinding] = []
        var looked = 0
        func look(_ path: String, _ isTop: Bool) {
            guard let state = Files.state(path) else { return }
            looked += 1
            let kind = state.st_mode & S_IFMT
            if state.st_uid != geteuid(), geteuid() != 0 || isTop {
                open.append(
                    DoctorFinding(
                        "permissions", .problem, path,
                        Wording(
                            "thuộc người dùng khác (\(state.st_uid))",
                            "belongs to another user (\(state.st_uid))"),
                        Wording("chown về chủ của dịch vụ", "chown it to the service's user")))
            }
            // A socket's mode is who may connect, which the configuration says.
            if kind != S_IFSOCK, kind != S_IFLNK, state.st_mode & 0o077 != 0 {
                let wanted = kind == S_IFDIR ? "700" : "600"
                open.append(
                    DoctorFinding(
                        "permissions", .problem, path,
                        Wording("mở cho người khác", "is open to others"),
                        Wording("chmod \(wanted) \(path)", "chmod \(wanted) \(path)")))
            }
            guard kind == S_IFDIR else { return }
            for name in Files.names(in: path) ?? [] { look(path + "/" + name, false) }
        }
        look(data, true)
        guard open.isEmpty else { return Array(open.prefix(Limits.told)) }
        return [
            DoctorFinding(
                "permissions", .ok, data,
                Wording(
                    "\(looked) tệp và thư mục đều kín", "\(looked) files and folders are closed"))
        ]
    }

    func freeDisk() -> [DoctorFinding] {
        var state = statvfs()
        guard statvfs(data, &state) == 0 else {
            return [unknown("disk", Wording("không hỏi được đĩa", "the disk cannot be asked"))]
        }
        let free = Int64(clamping: UInt64(state.f_bavail) * UInt64(state.f_frsize))
        let store = Files.state(data + "/store.sqlite").map { Int64($0.st_size) } ?? 0
        let text = BackupLines.bytes(free)
        let said = Wording("còn trống \(text)", "\(text) are free")
        let remedy = Wording(
            "giải phóng chỗ: xóa bản sao lưu cũ (backup prune), nhật ký",
            "free space: old backups (backup prune), logs")
        if state.f_flag & UInt(ST_RDONLY) != 0 {
            return [
                DoctorFinding(
                    "disk", .problem, data, Wording("đĩa chỉ đọc", "the disk is read-only"),
                    Wording(
                        "xem dmesg; gắn lại đĩa cho ghi", "see dmesg; mount it for writing again"))
            ]
        }
        if free < Limits.leastFree || (state.f_files > 0 && state.f_favail == 0) {
            return [DoctorFinding("disk", .problem, data, said, remedy)]
        }
        if free < max(Limits.enoughFree, store) {
            return [
                DoctorFinding(
                    "disk", .warning, data,
                    Wording(
                        "\(said.vi), ít hơn một bản sao của kho",
                        "\(said.en), less than a copy of the store"), remedy)
            ]
        }
        return [DoctorFinding("disk", .ok, data, said)]
    }

    /// SQLite's write-ahead log needs shared memory and locks that hold: a local file system.
    func fileSystem() -> [DoctorFinding] {
        let mounts = (try? Files.whole("/proc/self/mountinfo", atMost: Files.chunk)) ?? []
        let real = realpath(data, nil).map { path in
            defer { free(path) }
            return String(cString: path)
        }
        let type = MachineExamination.fileSystem(
            of: real ?? data, mounts: String(decoding: mounts, as: UTF8.self))
        let distant: Set<String> = [
            "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "lustre", "glusterfs",
            "fuse.sshfs", "fuse.glusterfs", "fuse.rclone", "gfs2", "ocfs2", "beegfs",
        ]
        if distant.contains(type) {
            return [
                DoctorFinding(
                    "file_system", .problem, data,
                    Wording("\(type) qua mạng", "\(type), over the network"),
                    Wording(
                        "chuyển thư mục dữ liệu sang đĩa của máy này",
                        "move the data folder to a disk of this machine"))
            ]
        }
        if ["tmpfs", "ramfs"].contains(type) {
            return [
                DoctorFinding(
                    "file_system", .warning, data,
                    Wording("nằm trong bộ nhớ, mất khi tắt máy", "in memory, gone with the power"),
                    Wording(
                        "chỉ dùng để thử; chuyển sang đĩa thật",
                        "for trials only; move it to a disk"))
            ]
        }
        return [DoctorFinding("file_system", .ok, data, Wording(type, type))]
    }

    /// The type of the file system that a path is on, from the lines of `/proc/self/mountinfo`; the last mount of the
    /// longest prefix counts.
    static func fileSystem(of path: String, mounts: String) -> String {
        var found = (point: "", type: "?")
        for line in mounts.split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard fields.count > 6, let mark = fields.firstIndex(of: "-"), mark + 1 < fields.count
            else { continue }
            let point = String(fields[4]).replacing("\\040", with: " ")
            let isAbove = point == "/" || path == point || path.hasPrefix(point + "/")
            if isAbove, point.utf8.count >= found.point.utf8.count {
                found = (point, String(fields[mark + 1]))
            }
        }
        return found.type
    }

    func descriptors() -> [DoctorFinding] {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return [] }
        let count = UInt(limit.rlim_cur)
        let state: DoctorFinding.State =
            count < Limits.leastDescriptors
            ? .problem : count < Limits.enoughDescriptors ? .warning : .ok
        return [
            DoctorFinding(
                "descriptors", state, "",
                Wording("mở được \(count) tệp cùng lúc", "\(count) files can be open at once"),
                state == .ok
                    ? Wording("", "")
                    : Wording(
                        "tăng LimitNOFILE (systemd) hoặc ulimit -n",
                        "raise LimitNOFILE (systemd) or ulimit -n"))
        ]
    }

    /// - Parameter last: when the last change or audit entry was made, in milliseconds since 1970.
    func clock(last: Int64) -> [DoctorFinding] {
        let now = WallClock.milliseconds()
        let text = Answers.moment(now)
        let remedy = Wording(
            "đặt lại đồng hồ, bật đồng bộ giờ", "set the clock, turn on its synchronisation")
        if now < Limits.leastClock || last > now + Limits.clockSkew {
            return [
                DoctorFinding(
                    "clock", .problem, "",
                    Wording(
                        "đồng hồ chỉ \(text), trước thay đổi cuối lúc \(Answers.moment(last))",
                        "it says \(text), before the last change at \(Answers.moment(last))"),
                    remedy)
            ]
        }
        return [DoctorFinding("clock", .ok, "", Wording(text, text))]
    }

    private func unknown(_ check: String, _ said: Wording) -> DoctorFinding {
        DoctorFinding(
            check, .problem, data,
            Wording(
                "\(said.vi): \(String(cString: strerror(errno)))",
                "\(said.en): \(String(cString: strerror(errno)))"),
            Wording("kiểm tra --data", "check --data"))
    }
}
