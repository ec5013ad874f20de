import Glibc
import Wire

@_silgen_name("LLVMFuzzerRunDriver")
func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

func bytes(ofHex text: String) -> [UInt8] {
    let digits = text.utf8.map { UInt8($0 > 57 ? $0 - 87 : $0 - 48) }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}

/// Writes the golden bytes of every message as inputs.
func writeSeeds(into folder: String) {
    for (number, sample) in codecSamples.enumerated() {
        let key = MessageSubject.key(of: type(of: sample.value).messageName)
        let seed = [UInt8(key >> 8), UInt8(key & 0xFF)] + bytes(ofHex: sample.hex)
        guard let file = fopen("\(folder)/seed-\(number)", "w") else { exit(1) }
        fwrite(seed, 1, seed.count, file)
        fclose(file)
    }
}

if let folder = getenv("CAODIEM_FUZZ_SEEDS") {
    writeSeeds(into: String(cString: folder))
    exit(0)
}
var count = CommandLine.argc
var arguments = CommandLine.unsafeArgv
let outcome = runDriver(&count, &arguments) { data, size in
    do {
        try MessageSubject.run(Array(UnsafeBufferPointer(start: data, count: size)))
    } catch {
        let line = Array("\(error)\n".utf8)
        write(2, line, line.count)
        abort()
    }
    return 0
}
exit(outcome)
