import Glibc

// calls serve SOCKET task|loop           an echo server; the handler runs in a task, or on the loop
// calls worker task|loop                 the same as a plugin of a coordinator
// calls client SOCKET IN_FLIGHT SECONDS task|loop
// calls count SOCKET IN_FLIGHT CALLS task|loop    so many calls and no clock: for counting instructions
// calls pair IN_FLIGHT SECONDS           two processes on a bare socketpair: the limit
await Command.run(Array(CommandLine.arguments.dropFirst()))
