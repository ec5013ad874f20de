import Glibc
import Transport
import TransportTLS

/// Where the coordinator listens.
enum Endpoint: Hashable, Sendable {
    /// Path of its unix socket.
    case unix(String)
    /// Over TCP; without files in plaintext, on loopback only.
    case tcp(TCPEndpoint, TLSFiles?)

    /// From `--endpoint`, else `--data`, else CAODIEM_ENDPOINT, else CAODIEM_DATA: DIR/run/caodiem.sock.
    init(_ options: GlobalOptions, _ environment: Environment) throws(Trouble) {
        let said = options.data == nil ? environment["CAODIEM_ENDPOINT"] : nil
        if let endpoint = options.endpoint ?? said, !endpoint.isEmpty {
            self = try Self.read(endpoint, options, environment)
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
        self = .unix(
            folder.hasSuffix("/")
                ? folder + "run/caodiem.sock" : folder + "/run/caodiem.sock")
    }

    private static func read(
        _ text: String, _ options: GlobalOptions, _ environment: Environment
    ) throws(Trouble) -> Endpoint {
        if text.hasPrefix("unix:"), text.count > 5 { return .unix(String(text.dropFirst(5))) }
        guard text.hasPrefix("tcp:"), let place = TCPEndpoint(String(text.dropFirst(4))) else {
            throw .usage(
                EndpointText.badEndpoint(text), field: "--endpoint",
                hint: EndpointText.endpointHint)
        }
        let names = [
            options.tlsCert ?? environment["CAODIEM_TLS_CERT"],
            options.tlsKey ?? environment["CAODIEM_TLS_KEY"],
            options.tlsCA ?? environment["CAODIEM_TLS_CA"],
        ].compactMap { $0 }.filter { !$0.isEmpty }
        if names.isEmpty, place.isLoopback { return .tcp(place, nil) }
        guard names.count == 3 else {
            throw .usage(EndpointText.noTLS, field: "--tls-cert", hint: EndpointText.tlsHint)
        }
        return .tcp(place, TLSFiles(certificate: names[0], key: names[1], authority: names[2]))
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
        "dùng dạng unix:ĐƯỜNG_DẪN hoặc tcp:MÁY:CỔNG", "write it as unix:PATH or tcp:HOST:PORT")
    static let noTLS = Phrase(
        "nối qua mạng cần đủ chứng thư, khóa và chứng thư của nơi cấp",
        "over the network a certificate, its key and the authority's certificate are needed")
    static let tlsHint = Phrase(
        "thêm --tls-cert TỆP --tls-key TỆP --tls-ca TỆP, hoặc đặt CAODIEM_TLS_CERT, _KEY, _CA",
        "add --tls-cert FILE --tls-key FILE --tls-ca FILE, or set CAODIEM_TLS_CERT, _KEY, _CA")
}
