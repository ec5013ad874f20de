import Glibc

/// `caodiem-coordinator --offline`, which this process becomes: its answer and its exit code are the command's.
enum OfflineProcess {
    static let program = "caodiem-coordinator"

    /// Does not come back unless the program cannot be started.
    ///
    /// - Parameter verb: the verb with its own arguments; data folder, format and language are added.
    static func become(_ verb: [String], _ globals: GlobalOptions) throws(Trouble) {
        let environment = Console.current.environment
        var arguments = [program, "--offline"] + verb
        if let data = globals.data ?? environment["CAODIEM_DATA"], !data.isEmpty {
            arguments += ["--data=\(data)"]
        }
        arguments += ["--format=\(globals.format.rawValue)", "--lang=\(globals.lang.rawValue)"]
        let beside = folderOfThisProgram().map { $0 + "/" + program }
        let path = beside.flatMap { access($0, X_OK) == 0 ? $0 : nil } ?? program
        var strings = arguments.map { strdup($0) }
        defer { for string in strings { free(string) } }
        strings.append(nil)
        signal(SIGPIPE, SIG_DFL)
        execvp(path, strings)
        throw Trouble(
            .configuration, code: "CONFIGURATION",
            OfflineText.missing(String(cString: strerror(errno))).text, field: path,
            hint: OfflineText.missingHint.text)
    }

    private static func folderOfThisProgram() -> String? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
        guard count > 0 else { return nil }
        let path = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return path.lastIndex(of: "/").map { String(path[..<$0]) }
    }
}

private enum OfflineText {
    static func missing(_ why: String) -> Phrase {
        Phrase(
            "không chạy được \(OfflineProcess.program): \(why)",
            "\(OfflineProcess.program) cannot be started: \(why)")
    }
    static let missingHint = Phrase(
        "đặt nó cạnh caodiem hoặc trong PATH", "put it beside caodiem or on PATH")
}
