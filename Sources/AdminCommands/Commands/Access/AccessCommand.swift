import ArgumentParser
import Wire

/// `caodiem access explain|whoami|token|policy`
struct AccessCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "access", abstract: AccessText.abstract.text,
            subcommands: [
                AccessExplainCommand.self, AccessWhoAmICommand.self, AccessTokenCommand.self,
                AccessPolicyCommand.self,
            ])
    }

    @OptionGroup var globals: GlobalOptions
}

/// `caodiem access explain PRINCIPAL METHOD`: ends with 4 when the call would be refused.
struct AccessExplainCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "explain", abstract: AccessText.explain.text)
    }

    @OptionGroup var globals: GlobalOptions
    @Argument(help: AccessText.principal.help) var principal: String
    @Argument(help: AccessText.method.help) var method: String

    func answer(_ session: Session) async throws -> Answer {
        AccessAnswers.explained(
            try await session.read(
                AdminV1.Access.explain,
                .with {
                    $0.principal = principal
                    $0.method = method
                }))
    }
}

/// `caodiem access whoami`
struct AccessWhoAmICommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "whoami", abstract: AccessText.whoAmI.text)
    }

    @OptionGroup var globals: GlobalOptions

    func answer(_ session: Session) async throws -> Answer {
        AccessAnswers.me(try await session.read(AdminV1.Access.whoAmI, .init()))
    }
}

/// `caodiem access policy show|check FILE`
struct AccessPolicyCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "policy", abstract: AccessText.policy.text,
            subcommands: [AccessPolicyShowCommand.self, AccessPolicyCheckCommand.self])
    }

    @OptionGroup var globals: GlobalOptions
}

struct AccessPolicyShowCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "show", abstract: AccessText.policyShow.text)
    }

    @OptionGroup var globals: GlobalOptions

    func answer(_ session: Session) async throws -> Answer {
        AccessAnswers.policy(try await session.read(AdminV1.Access.showPolicy, .init()))
    }
}

/// Ends with 78 when the policy would be refused.
struct AccessPolicyCheckCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "check", abstract: AccessText.policyCheck.text)
    }

    @OptionGroup var globals: GlobalOptions
    @Argument(help: AccessText.file.help, completion: .file()) var file: String

    func answer(_ session: Session) async throws -> Answer {
        let source = try SourceFile(path: file)
        guard source.size <= Limits.planBytes else {
            throw Trouble(.failed, code: "TOO_LARGE", AccessText.tooLarge(file).text, field: file)
        }
        let content = try source.read(at: 0, count: Int(source.size))
        return AccessAnswers.checked(
            try await session.read(
                AdminV1.Access.checkPolicy,
                .with {
                    $0.name = file
                    $0.content = content
                }))
    }
}

enum AccessText {
    static let abstract = Phrase(
        "Quyền truy cập: ai được làm gì, vì sao; mã truy cập.",
        "Access: who may do what, and why; tokens.")
    static let explain = Phrase(
        "Vì sao một người gọi được phép, hoặc không; mã thoát 4 khi bị từ chối.",
        "Why a principal may call a method, or may not; exit code 4 when it may not.")
    static let whoAmI = Phrase(
        "Mình là ai đối với hệ thống.", "Who you are to the fleet, and what you may do.")
    static let policy = Phrase("Chính sách truy cập.", "The access policy.")
    static let policyShow = Phrase(
        "Bảng quyền theo từng phương thức, và ai có vai trò gì.",
        "The table of methods, and who has which role.")
    static let policyCheck = Phrase(
        "Kiểm tra một tệp chính sách trước khi dùng.", "Checks a policy file before it is used.")
    static let principal = Phrase(
        "uid:1001, cert:TÊN, plugin:ID hoặc token:TÊN.",
        "uid:1001, cert:NAME, plugin:ID or token:NAME.")
    static let method = Phrase(
        "Phương thức, ví dụ caodiem.scoring.v1.Scoring/Score.",
        "The method, e.g. caodiem.scoring.v1.Scoring/Score.")
    static func tooLarge(_ file: String) -> Phrase {
        Phrase("tệp \(file) quá lớn", "the file \(file) is too large")
    }
    static let file = Phrase("Tệp access.yaml.", "The access.yaml.")
}
