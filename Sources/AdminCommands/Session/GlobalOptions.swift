import ArgumentParser

enum OutputFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
    case text, json
}

extension Language: ExpressibleByArgument {}

/// What every command takes, before its name or after it.
struct GlobalOptions: ParsableArguments {
    @Option(help: GlobalText.data.help)
    var data: String?

    @Option(help: GlobalText.endpoint.help)
    var endpoint: String?

    @Option(help: GlobalText.tlsCert.help)
    var tlsCert: String?

    @Option(help: GlobalText.tlsKey.help)
    var tlsKey: String?

    @Option(name: .customLong("tls-ca"), help: GlobalText.tlsCA.help)
    var tlsCA: String?

    @Option(help: GlobalText.tokenFile.help)
    var tokenFile: String?

    @Option(help: GlobalText.format.help)
    var format: OutputFormat = .text

    @Option(help: GlobalText.lang.help)
    var lang: Language = .vi

    @Option(help: GlobalText.timeout.help)
    var timeout: Int?

    func validate() throws {
        guard let timeout else { return }
        guard (1...86_400).contains(timeout) else {
            throw ValidationError(GlobalText.badTimeout.text)
        }
    }
}

extension Phrase {
    /// The phrase as the help of an option or argument.
    var help: ArgumentHelp { ArgumentHelp(stringLiteral: text) }
}

private enum GlobalText {
    static let data = Phrase(
        "Thư mục dữ liệu của hệ thống; mặc định lấy từ biến CAODIEM_DATA.",
        "The fleet's data folder; CAODIEM_DATA unless given.")
    static let endpoint = Phrase(
        "Nơi hệ thống nghe, dạng unix:ĐƯỜNG_DẪN hoặc tcp:MÁY:CỔNG; thay cho thư mục dữ liệu.",
        "Where the fleet listens, as unix:PATH or tcp:HOST:PORT; instead of the data folder.")
    static let tlsCert = Phrase(
        "Chứng thư của người gọi khi nối qua tcp: (PEM).",
        "The caller's certificate for tcp: (PEM).")
    static let tlsKey = Phrase("Khóa của chứng thư đó (PEM).", "That certificate's key (PEM).")
    static let tlsCA = Phrase(
        "Chứng thư của nơi cấp mà hệ thống dùng (PEM).",
        "Certificate of the authority that the fleet's certificate is from (PEM).")
    static let tokenFile = Phrase(
        "Tệp chứa mã truy cập (chmod 600); mặc định lấy từ CAODIEM_TOKEN_FILE.",
        "File that holds the access token (mode 600); CAODIEM_TOKEN_FILE unless given.")
    static let format = Phrase("Dạng kết quả: text hoặc json.", "Form of the answer: text or json.")
    static let lang = Phrase("Ngôn ngữ: vi hoặc en.", "Language: vi or en.")
    static let timeout = Phrase(
        "Thời gian chờ tối đa, tính bằng giây.", "The longest to wait, in seconds.")
    static let badTimeout = Phrase(
        "--timeout phải từ 1 đến 86400 giây", "--timeout must be from 1 to 86400 seconds")
}
