import ArgumentParser
import Digests
import Wire

/// `caodiem access token create|list|revoke`
struct AccessTokenCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "token", abstract: TokenCommandText.abstract.text,
            subcommands: [
                TokenCreateCommand.self, TokenListCommand.self, TokenRevokeCommand.self,
            ])
    }

    @OptionGroup var globals: GlobalOptions

}

/// `caodiem access token create NAME --role ROLE [--unit CODE]… --out FILE`: the secret is made here, only its
/// digest leaves this process.
struct TokenCreateCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "create", abstract: TokenCommandText.create.text,
            discussion: TokenCommandText.createDiscussion.text)
    }

    @OptionGroup var globals: GlobalOptions
    @Argument(help: TokenCommandText.name.help) var name: String
    @Option(help: TokenCommandText.role.help) var role: String
    @Option(help: TokenCommandText.unit.help) var unit: [String] = []
    @Option(help: TokenCommandText.officer.help) var officer: [String] = []
    @Flag(help: TokenCommandText.province.help) var province = false
    @Flag(help: TokenCommandText.unmask.help) var unmask = false
    @Option(help: TokenCommandText.method.help) var method: [String] = []
    @Option(help: TokenCommandText.expires.help) var expires = "90d"
    @Option(help: TokenCommandText.out.help, completion: .file()) var out: String?

    func answer(_ session: Session) async throws -> Answer {
        guard let seconds = TokenCreateCommand.seconds(expires) else {
            throw Trouble.usage(TokenCommandText.badPeriod(expires), field: "--expires")
        }
        var random = SystemRandomNumberGenerator()
        let secret = (0..<TokenText.secretBytes).map { _ in
            UInt8.random(in: 0...255, using: &random)
        }
        // Before anything is kept: a token that cannot be given out is of no use.
        if let out { try TokenFile.write(secret, to: out) }
        let request = AdminV1.CreateTokenRequest.with {
            $0.name = name
            $0.sha256 = Digests.sha256Bytes(of: secret)
            $0.role = role
            $0.scope = .with {
                $0.kind = province ? "province" : ""
                $0.units = unit
                $0.officers = officer
            }
            $0.unmask = unmask
            $0.methods = method
            $0.validSeconds = seconds
        }
        do {
            let token = try await session.call(AdminV1.Access.createToken, request)
            return AccessAnswers.created(
                token, secret: out == nil ? TokenText.text(secret) : nil, file: out)
        } catch {
            if let out { TokenFile.remove(out) }
            throw error
        }
    }

    /// `12h` or `90d`, as seconds.
    static func seconds(_ text: String) -> UInt32? {
        let units: [(Character, UInt32)] = [("s", 1), ("m", 60), ("h", 3600), ("d", 86_400)]
        guard let last = text.last, let unit = units.first(where: { $0.0 == last })?.1,
            let count = UInt32(text.dropLast()), count > 0
        else { return nil }
        let (seconds, overflow) = count.multipliedReportingOverflow(by: unit)
        return overflow ? nil : seconds
    }
}

struct TokenListCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: TokenCommandText.list.text)
    }

    @OptionGroup var globals: GlobalOptions

    func answer(_ session: Session) async throws -> Answer {
        AccessAnswers.tokens(
            try await session.read(AdminV1.Access.listTokens, .init()).tokens)
    }
}

struct TokenRevokeCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "revoke", abstract: TokenCommandText.revoke.text)
    }

    @OptionGroup var globals: GlobalOptions
    @Argument(help: TokenCommandText.name.help) var name: String

    func answer(_ session: Session) async throws -> Answer {
        AccessAnswers.revoked(
            try await session.call(AdminV1.Access.revokeToken, .with { $0.name = name }))
    }
}

enum TokenCommandText {
    static let abstract = Phrase("Mã truy cập.", "Access tokens.")
    static let create = Phrase(
        "Tạo mã truy cập; chỉ hiện một lần.", "Makes an access token; it is shown once.")
    static let createDiscussion = Phrase(
        """
        Hệ thống chỉ giữ mã băm. Người dùng ghi mã vào tệp chmod 600 và dùng --token-file TỆP
        hoặc CAODIEM_TOKEN_FILE.
        """,
        """
        The fleet keeps only its digest. Whoever uses it keeps it in a file of mode 600 and names that by
        --token-file FILE or CAODIEM_TOKEN_FILE.
        """)
    static let list = Phrase("Các mã truy cập và trạng thái.", "Lists the tokens and their state.")
    static let revoke = Phrase(
        "Thu hồi ngay: kết nối đang mở cũng bị ngắt.",
        "Revokes a token at once: what it has open is closed.")
    static let name = Phrase(
        "Tên mã, dùng một lần: token:TÊN trong nhật ký.",
        "Name of the token, used once: token:NAME in the audit trail.")
    static let role = Phrase(
        "ops, clerk, officer, head_of_unit, division, leader hoặc system.",
        "ops, clerk, officer, head_of_unit, division, leader or system.")
    static let unit = Phrase(
        "Mã đơn vị được xem; lặp lại được.", "Code of a unit that it sees; may be repeated.")
    static let officer = Phrase(
        "Mã chấp hành viên; lặp lại được.", "Code of an officer; may be repeated.")
    static let province = Phrase(
        "Xem toàn tỉnh (vai trò system).", "Sees the province (role system).")
    static let unmask = Phrase(
        "Hiện đầy đủ tên đương sự (vai trò system).", "Shows parties in full (role system).")
    static let method = Phrase(
        "Phương thức được gọi (vai trò system); lặp lại được.",
        "A method that it may call (role system); may be repeated.")
    static let expires = Phrase(
        "Hiệu lực bao lâu: 12h, 90d; tối đa 366 ngày.",
        "How long it is good: 12h, 90d; at most 366 days.")
    static let out = Phrase(
        "Ghi mã vào tệp mới này (chmod 600) thay vì in ra.",
        "Writes it to this new file (mode 600) instead of showing it.")
    static func badPeriod(_ text: String) -> Phrase {
        Phrase(
            "không hiểu thời hạn “\(text)”; viết 12h hoặc 90d",
            "“\(text)” is no period; write 12h or 90d")
    }
}
