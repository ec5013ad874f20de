import Glibc
import Transport
import Wire

// A worker whose behaviour a test chooses by arguments; its manifest's `arguments` pass them on.
let behaviour = Behaviour(CommandLine.arguments.dropFirst())
var info = HelloInfo(role: .worker, software: "caodiem-test-worker/1")
info.limits.window = behaviour.window
info.storeSchemas = behaviour.schema...behaviour.schema
exit(
    await WorkerEndpoint.serve(services: behaviour.table(), info: info) { endpoint in
        Beating.attach(endpoint.coordinator)
    })
