import Glibc
import Store

// Writes rows to a store as fast as it can, and says of each group when it is kept: what the tests kill.
//
//     caodiem-test-writer STORE NAME [COUNT]       migrates the store when it is missing
//     caodiem-test-writer STORE --hold MILLISECONDS  says `ack 1` when it has the write lock, and keeps it
//
// Its first line is `have NUMBER incomplete COUNT`: the last group of that name, and groups of which a part is
// missing. Then `ack NUMBER` for each group after its commit, and `done`.

/// Rows of one group; they are kept together or not at all.
let groupSize = 3
/// Groups that are looked at in the beginning; only the last could be torn.
let groupsLookedAt = 20

func say(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    if write(1, bytes, bytes.count) != bytes.count { exit(1) }
}

func run(_ path: String, _ name: String, count: Int) async throws {
    if access(path, F_OK) != 0 { _ = try Schema.migrate(path: path) }
    let store = try Store.open(path: path)
    let seen = try await store.read { scope in
        try scope.pluginEvents(plugin: name, limit: groupSize * groupsLookedAt)
    }
    var sizes: [Int64: Int] = [:]
    for row in seen { sizes[row.atMilliseconds, default: 0] += 1 }
    let last = sizes.keys.max() ?? 0
    say("have \(last) incomplete \(sizes.values.count { $0 != groupSize })")
    for number in last + 1...last + Int64(count) {
        try await store.write { scope in
            for part in 1...groupSize {
                try scope.record(
                    StoredEvent(
                        atMilliseconds: number, plugin: name, event: "part \(part)", detail: ""))
            }
        }
        say("ack \(number)")
    }
    say("done")
}

func hold(_ path: String, milliseconds: UInt32) async throws {
    let store = try Store.open(path: path)
    try await store.write(commit: false) { _ in
        say("ack 1")
        usleep(milliseconds * 1000)
    }
    say("done")
}

let arguments = Array(CommandLine.arguments.dropFirst())
guard arguments.count >= 2 else {
    say("usage: caodiem-test-writer STORE NAME [COUNT]")
    exit(2)
}
do {
    let count = arguments.count > 2 ? Int(arguments[2]) ?? 0 : Int(Int32.max)
    if arguments[1] == "--hold" {
        try await hold(arguments[0], milliseconds: UInt32(count))
    } else {
        try await run(arguments[0], arguments[1], count: count)
    }
} catch {
    say("failed: \(error)")
    exit(1)
}
