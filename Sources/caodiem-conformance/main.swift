import Conformance
import Glibc

/// Writes a line at once, so that a reader of a pipe sees each case as it ends.
func say(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = write(1, bytes, bytes.count)
}

guard let options = Options(Array(CommandLine.arguments.dropFirst())) else {
    say(Options.usage)
    exit(2)
}
exit(Runner(options, print: say).run())
