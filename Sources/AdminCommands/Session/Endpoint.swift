import Glibc

/// Where the coordinator listens.
struct Endpoint: Hashable, Sendable {
    /// Path of its unix socket.
    let socketPath: String

    /// From `--endpoint`, else `--data`, else CAODIEM_DATA: DIR/run/caodiem.sock.
    init(_ options: GlobalOptions, _ environment: Environment) throws(Trouble) {
        if let endpoint = options.endpoint {
            socketPath = try Self.path(ofEndpoint: endpoint)
            return
        }
        let told = options.data ?? environment["CAODIEM_DATA"]
        guard let folder = told, !folder.isEmpty else {
            throw .usage(EndpointText.nowhere, field: "--data", hint: EndpointText.nowhereHint)
        }
        var status = stat()
        if stat(folder, &status) == 0, status.st_mode & S_IFMT != S_IFDIR {
            throw Trouble(
                .configuration, code: "CONFIGURATION", EndpointText.notFolder(folder).text,
                field: options.data == nil ? "CAODIEM_DATA" : "--data",
                hint: EndpointText.nowhereHint.text)
        }
        socketPath =
            folder.hasSuffix("/")
            ? folder + "run/caodiem.sock" : folder + "/run/caodiem.sock"
    }

    private static func path(ofEndpoint endpoint: String) throws(Trouble) -> String {
        let scheme = "unix:"
        guard endpoint.hasPrefix(scheme), endpoint.count > scheme.count else {
            throw .usage(
                EndpointText.badEndpoint(endpoint), field: "--endpoint",
                hint: EndpointText.endpointHint)
        }
        return String(endpoint.dropFirst(scheme.count))
    }
}

private enum EndpointText {
    static let nowhere = Phrase(
        "chưa biết hệ thống ở đâu", "it is not said where the fleet is")
    static let nowhereHint = Phrase(
        "thêm --data THƯ_MỤC hoặc đặt biến CAODIEM_DATA",
        "add --data DIR or set CAODIEM_DATA")
    static func notFolder(_ path: String) -> Phrase {
        Phrase("\(path) không phải là thư mục", "\(path) is not a folder")
    }
    static func badEndpoint(_ text: String) -> Phrase {
        Phrase("không hiểu nơi nghe \(text)", "the endpoint \(text) is not understood")
    }
    static let endpointHint = Phrase(
        "dùng dạng unix:ĐƯỜNG_DẪN", "write it as unix:PATH")
}
