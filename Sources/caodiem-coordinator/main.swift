import Coordination
import Glibc

if CommandLine.arguments.dropFirst().first == OfflineCommand.flag {
    OfflineCommand.runProcess(Array(CommandLine.arguments.dropFirst(2)))
}

// Signals first, so that none is lost while the fleet is being read.
let signals = StopSignals()
let command = CoordinatorCommand.parsed()
exit(await command.run(signals: signals))
