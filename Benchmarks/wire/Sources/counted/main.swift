import Glibc

// counted SUBJECT TIMES: does one hot thing so often, without clock, socket or thread, so that valgrind counts the same
// instructions every time. Benchmarks/guard reads the counts.
let words = CommandLine.arguments
guard words.count == 3, let times = Int(words[2]), let subject = Subject.all[words[1]] else {
    for name in Subject.all.keys.sorted() { print(name) }
    exit(64)
}
try subject(times)
