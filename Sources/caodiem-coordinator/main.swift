import Coordination
import Glibc

// Signals first, so that none is lost while the fleet is being read.
let signals = StopSignals()
let command = CoordinatorCommand.parsed()
exit(await command.run(signals: signals))
