import ArgumentParser
import Wire

/// `caodiem health [SERVICE]`: whether calls to a service, or to all of them, reach a worker now.
struct HealthCommand: FleetCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "health", abstract: HealthText.abstract.text)
    }

    @OptionGroup var globals: GlobalOptions
    @Argument(help: HealthText.service.help) var service: String?

    func answer(_ session: Session) async throws -> Answer {
        guard let service else {
            let reply = try await session.call(HealthV1.Health.list, .init())
            let services = reply.statuses.map { ($0.key, $0.value?.status ?? .unknown) }
            return HealthAnswer.of(services.filter { !$0.0.isEmpty }.sorted { $0.0 < $1.0 })
        }
        let reply = try await session.call(HealthV1.Health.check, .with { $0.service = service })
        return HealthAnswer.of([(service, reply.status)])
    }
}

/// `caodiem.health/1`; ends with 1 when a service does not serve.
enum HealthAnswer {
    typealias Status = HealthV1.HealthCheckResponse.ServingStatus

    static func of(_ services: [(name: String, status: Status)]) -> Answer {
        let isServing = services.allSatisfy { $0.status == .serving }
        let json = JSON.answer(
            "health/1",
            [
                .init("serving", .bool(isServing)),
                .init(
                    "services",
                    .list(services) { service in
                        .object([
                            .init("service", .string(service.name)),
                            .init("status", .string(word(service.status))),
                        ])
                    }),
            ])
        return Answer(json, status: isServing ? .ok : .failed) { terminal in
            var table = Table([Column(HealthText.name), Column(HealthText.state)])
            for (name, status) in services {
                table.add([
                    Cell(name), Cell(word(status), status == .serving ? .good : .bad),
                ])
            }
            return table.rendered(on: terminal)
        }
    }

    private static func word(_ status: Status) -> String {
        switch status {
        case .serving: "SERVING"
        case .notServing: "NOT_SERVING"
        case .serviceUnknown: "SERVICE_UNKNOWN"
        default: "UNKNOWN"
        }
    }
}

private enum HealthText {
    static let abstract = Phrase(
        "Các dịch vụ có đang phục vụ không; mã thoát 1 nếu có dịch vụ không phục vụ.",
        "Whether the services serve; exit code 1 when one does not.")
    static let service = Phrase(
        "Tên đầy đủ của dịch vụ; tất cả nếu bỏ trống.",
        "Full name of the service; all when left out.")
    static let name = Phrase("Dịch vụ", "Service")
    static let state = Phrase("Trạng thái", "State")
}
