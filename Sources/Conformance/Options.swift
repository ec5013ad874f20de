/// The command line of `caodiem-conformance`.
public struct Options {
    public var peer: PeerAddress?
    public var only: [String] = []
    public var lists = false
    public var isLong = false
    /// Where the output of spawned processes goes.
    public var log = "/dev/null"
    /// A coordinator's executable, for cases that start fleets of their own.
    public var coordinator: String?
    /// The worker of those fleets; beside the coordinator when not given.
    public var faultPlugin: String?

    public static let usage = """
        usage: caodiem-conformance --peer unix:PATH|tcp:HOST:PORT|exec:PATH [--only ID,…] [--long]
                                   [--log FILE]
               caodiem-conformance --coordinator PATH [--fault-plugin PATH] [--only ID,…] [--long]
               caodiem-conformance --list
        """

    var programs: Programs? {
        coordinator.map { path in
            let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
            func beside(_ name: String) -> String {
                (folder + [Substring(name)]).joined(separator: "/")
            }
            return Programs(
                coordinator: path, faultPlugin: faultPlugin ?? beside("fault-plugin"),
                writer: beside("caodiem-test-writer"))
        }
    }

    /// nil when the arguments make no sense.
    public init?(_ arguments: [String]) {
        var rest = arguments[...]
        while let option = rest.popFirst() {
            switch option {
            case "--list": lists = true
            case "--long": isLong = true
            case "--peer":
                guard let text = rest.popFirst(), let address = PeerAddress(text) else {
                    return nil
                }
                peer = address
            case "--coordinator":
                guard let path = rest.popFirst() else { return nil }
                coordinator = path
            case "--fault-plugin":
                guard let path = rest.popFirst() else { return nil }
                faultPlugin = path
            case "--only":
                guard let text = rest.popFirst() else { return nil }
                only += text.split(separator: ",").map(String.init)
            case "--log":
                guard let file = rest.popFirst() else { return nil }
                log = file
            default: return nil
            }
        }
        guard lists || peer != nil || coordinator != nil else { return nil }
    }

    func names(_ item: Case) -> Bool {
        only.isEmpty || only.contains { item.isNamed($0) }
    }
}
