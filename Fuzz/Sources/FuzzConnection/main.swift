import Glibc

@_silgen_name("LLVMFuzzerRunDriver")
func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

var count = CommandLine.argc
var arguments = CommandLine.unsafeArgv
let outcome = runDriver(&count, &arguments) { data, size in
    do {
        try ConnectionSubject.run(Array(UnsafeBufferPointer(start: data, count: size)))
    } catch {
        let line = Array("\(error)\n".utf8)
        write(2, line, line.count)
        abort()
    }
    return 0
}
exit(outcome)
