import Glibc
import Meter
import Transport
import Wire

enum Command {
    static func run(_ words: [String]) async {
        do {
            switch words.first {
            case "serve" where words.count == 3:
                try await Echo.serve(path: words[1], onLoop: words[2] == "loop")
            case "worker" where words.count == 2:
                exit(await EchoWorker.serve(onLoop: words[1] == "loop"))
            case "client" where words.count == 5:
                let until = Until.time(Meter(seconds: Double(words[3]) ?? 1))
                try await client(words, until)
            case "count" where words.count == 5:
                try await client(words, .calls(Int(words[3]) ?? 1000))
            case "pair" where words.count == 3:
                BarePair.run(inFlight: Int(words[1]) ?? 1, seconds: Double(words[2]) ?? 1)
            default:
                print("see main.swift")
                exit(64)
            }
        } catch {
            print("\(error)")
            exit(1)
        }
    }

    private static func client(_ words: [String], _ until: Until) async throws {
        let hello = HelloInfo(role: .client, software: "calls/1")
        let channel = try await Transport.Channel.connect(unixPath: words[1], hello: hello)
        let inFlight = Int(words[2]) ?? 1
        let meter =
            words[4] == "loop"
            ? try await LoopClient.run(channel, inFlight, until)
            : try await TaskClient.run(channel, inFlight, until)
        print(meter.report())
    }
}

/// When a client ends.
enum Until: Sendable {
    case time(Meter)
    case calls(Int)

    var meter: Meter {
        if case .time(let meter) = self { return meter }
        return Meter(seconds: 3600)
    }

    var calls: Int {
        if case .calls(let calls) = self { return calls }
        return .max
    }
}
