import Glibc
import Transport
import Wire

// A worker that serves the conformance service properly and misbehaves on command: by the arguments of
// its manifest before and while it starts, by calls to `caodiem.conformance.v1.Fault` afterwards.
let descriptors = OpenDescriptors.list()
let script = StartScript(Array(CommandLine.arguments.dropFirst()))
script.runBeforeHello()
let worker = FaultWorker(script: script, descriptors: descriptors)
var info = HelloInfo(role: .worker, software: "fault-plugin/1")
let code = await WorkerEndpoint.serve(services: worker.table(), info: info) { endpoint in
    worker.joined(endpoint.coordinator)
    script.runAfterHello()
}
if script.isDeaf { while true { pause() } }
exit(code)
