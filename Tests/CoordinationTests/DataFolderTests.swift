import Glibc
import Testing

@testable import Coordination

struct DataFolderTests {
    @Test func oneCoordinatorAFolder() throws {
        let scratch = try ScratchFolder()
        let path = "\(scratch.path)/data"
        let first = try DataFolder(path)
        do {
            _ = try DataFolder(path)
            Issue.record("two coordinators shared a folder")
        } catch {
            #expect(
                error.description
                    == "the data folder \(first.path) is in use by the coordinator with pid "
                    + "\(getpid()); stop that one first or choose another --data")
        }
        var status = stat()
        #expect(stat(first.path, &status) == 0 && status.st_mode & 0o777 == 0o700)
        #expect(first.run.isFolder && first.spool.isFolder)
    }

    @Test func aFolderOpenToOthersIsClosed() throws {
        let scratch = try ScratchFolder()
        let path = scratch.folder("data")
        chmod(path, 0o755)
        _ = try DataFolder(path)
        var status = stat()
        #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o700)
    }

    @Test func startTimeIsFoundBehindAnyCommandName() {
        let stat =
            "42 (a) b) (c) S 1 42 42 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 987654 1 2"
        #expect(ProcessIdentity.parse(stat: stat)?.startedAt == 987_654)
        #expect(ProcessIdentity.parse(stat: stat)?.state == "S")
        #expect(ProcessIdentity.parse(stat: "42") == nil)
    }

    @Test func theSweepEndsTheNotedProcessOnly() throws {
        let scratch = try ScratchFolder()
        let locks = WorkerLocks(folder: scratch.path)
        let leftover = try sleeper()
        let stranger = try sleeper()
        #expect(locks.note(leftover, instance: InstanceID(plugin: "auction", number: 2)))
        // The number of a living process, but the start time of one that is gone.
        var reused = try #require(ProcessIdentity.current(of: stranger))
        reused.startedAt -= 1
        _ = SmallFile.write(
            reused.line, path: locks.file(of: InstanceID(plugin: "scoring", number: 1)))
        _ = SmallFile.write(
            "nonsense", path: locks.file(of: InstanceID(plugin: "casework", number: 1)))
        #expect(
            locks.sweep(within: .seconds(2))
                == ["ended a leftover worker of auction.2, pid \(leftover)"])
        #expect(ProcessIdentity.current(of: leftover) == nil)
        #expect(ProcessIdentity.current(of: stranger) != nil)
        #expect(FolderListing.names(in: scratch.path) == [])
        kill(stranger, SIGKILL)
        var status: Int32 = 0
        for pid in [leftover, stranger] { waitpid(pid, &status, 0) }
    }

    private func sleeper() throws -> pid_t {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        defer { posix_spawnattr_destroy(&attributes) }
        var pid: pid_t = 0
        var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("sleep"), strdup("60"), nil]
        defer { for argument in arguments { free(argument) } }
        let code = posix_spawn(&pid, "/bin/sleep", nil, &attributes, &arguments, environ)
        try #require(code == 0)
        return pid
    }
}
