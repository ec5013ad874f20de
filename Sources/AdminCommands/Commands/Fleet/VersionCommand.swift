import ArgumentParser
import Wire

/// The JSON answers that the program gives.
private enum JSONSchemas {
    static let all = [
        "auction-gaps/1", "auction-list/1", "auction-next/1", "campaign/1", "case/1",
        "emulation-rank/1", "error/1", "import/1", "plugin/1", "plugins/1", "score-explain/1",
        "score/1", "status/1", "version/1",
    ]
}

/// `caodiem version`: both sides, as far as the other one answers.
struct VersionCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "version", abstract: VersionText.abstract.text)
    }

    @OptionGroup var globals: GlobalOptions

    func run() async throws {
        let console = Console.current
        try console.show(VersionAnswer.of(await fleet(console)), as: globals.format)
    }

    /// The fleet's status; nil where no fleet was named or none answers, which is no error here.
    private func fleet(_ console: Console) async -> AdminV1.StatusReply? {
        guard let endpoint = try? Endpoint(globals, console.environment) else { return nil }
        let session = Session(
            SocketDialler(
                endpoint, token: try? TokenFile.secret(globals, console.environment)),
            timeout: globals.timeout ?? 5)
        let reply = try? await session.call(AdminV1.Admin.status, .init())
        await session.close()
        return reply
    }
}

/// `caodiem.version/1`
enum VersionAnswer {
    static func of(_ fleet: AdminV1.StatusReply?) -> Answer {
        Answer(json(fleet)) { text(fleet, $0) }
    }

    static func json(_ fleet: AdminV1.StatusReply?) -> JSON {
        let coordinator: JSON =
            fleet.map { fleet in
                [
                    "software": .string(fleet.software),
                    "protocol": .string(PackedVersion.text(fleet.protocol)),
                    "store_schema": .number(fleet.storeSchema),
                    "attributes": PluginAnswers.attributes(fleet.attributes),
                    "plugins": .list(fleet.plugins) {
                        ["id": .string($0.id), "version": .text($0.version)]
                    },
                ]
            } ?? .null
        return .answer(
            "version/1",
            [
                .init("software", .string("caodiem/\(Product.version)")),
                .init("version", .string(Product.version)),
                .init("protocol", .string(ProtocolVersion.supported.upperBound.description)),
                .init("json_schemas", .list(JSONSchemas.all) { .string("caodiem.\($0)") }),
                .init("coordinator", coordinator),
            ])
    }

    static func text(_ fleet: AdminV1.StatusReply?, _ terminal: Terminal) -> String {
        var pairs: [(Phrase, String)] = [
            (VersionText.own, Product.version),
            (FleetText.protocolName, ProtocolVersion.supported.upperBound.description),
        ]
        guard let fleet else {
            return terminal.fields(pairs + [(VersionText.fleet, VersionText.silent.text)])
        }
        pairs += [
            (VersionText.fleet, fleet.software),
            (VersionText.fleetProtocol, PackedVersion.text(fleet.protocol)),
            (FleetText.schema, String(fleet.storeSchema)),
        ]
        pairs += PluginAnswers.fields(fleet.attributes)
        return terminal.fields(pairs) + "\n\n" + PluginAnswers.table(fleet.plugins, terminal)
    }
}

private enum VersionText {
    static let abstract = Phrase("Phiên bản của hai bên.", "Versions of both sides.")
    static let own = Phrase("caodiem", "caodiem")
    static let fleet = Phrase("Hệ thống", "Fleet")
    static let fleetProtocol = Phrase("Giao thức của hệ thống", "Fleet's protocol")
    static let silent = Phrase("không trả lời", "does not answer")
}
