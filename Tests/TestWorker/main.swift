import Glibc
import Transport
import TransportTLS
import Wire

// A worker whose behaviour a test chooses by arguments; its manifest's `arguments` pass them on. With
// --listen or --connect it serves from afar.
var arguments = Array(CommandLine.arguments.dropFirst())
do {
    let remote = try RemoteWorkerOptions.parse(&arguments) { name in
        getenv(name).map { String(cString: $0) }
    }
    let behaviour = Behaviour(arguments)
    var info = HelloInfo(
        role: .worker, software: "caodiem-test-worker/1",
        limits: remote == nil ? Limits() : .remote)
    info.limits.window = behaviour.window
    info.storeSchemas = behaviour.schema...behaviour.schema
    if let remote {
        var pace = RemoteWorker.Pace()
        pace.backoffBase = .milliseconds(200)
        pace.backoffCap = .seconds(1)
        exit(
            await RemoteWorker.serve(
                services: behaviour.table(), info: info, options: remote, pace: pace, say: log))
    }
    exit(
        await WorkerEndpoint.serve(services: behaviour.table(), info: info) { endpoint in
            Beating.attach(endpoint.coordinator)
        })
} catch {
    log("\(error)")
    exit(WorkerEndpoint.ExitCode.configuration)
}
