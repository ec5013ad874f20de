import CMessages
import CProtobufC
import Glibc
import Meter
import Wire

// codec sample               the encoded Case, to the standard output
// codec ours|c FILE ROUNDS   median times of decoding and encoding it, in nanoseconds
let words = Array(CommandLine.arguments.dropFirst())
switch words.first {
case "sample": try Bytes.write(SampleCase.message.encoded())
case "ours": try Ours.measure(Bytes.read(words[1]), rounds: Int(words[2]) ?? 9)
case "c": RawC.measure(Bytes.read(words[1]), rounds: Int(words[2]) ?? 9)
default: exit(64)
}
