import Coordination
import Glibc

// Signals first: every thread made later inherits what is blocked here.
let signals = StopSignals()
let command = CoordinatorCommand.parsed()
exit(await command.run(signals: signals))
