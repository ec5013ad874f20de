import Reflection
import Wire

/// Answers about what can be called.
enum Definitions {
    /// `caodiem.methods/1`
    static func list(_ known: FleetDefinitions, service wanted: String?) throws(Trouble) -> Answer {
        var services = known.services.compactMap { known.definitions.service(named: $0) }
        if let wanted {
            let name = try refusing(field: "SERVICE") { () throws(ReflectionFailure) in
                try known.definitions.name(matching: wanted)
            }
            services = services.filter { $0.name == name }
        }
        let unknown = known.services.filter { known.definitions.service(named: $0) == nil }
        let shown = services
        return Answer(
            .answer(
                "methods/1",
                [
                    .init("services", .list(shown) { json(of: $0) }),
                    .init("undefined", .list(wanted == nil ? unknown : []) { .string($0) }),
                ])
        ) { _ in
            var blocks = shown.map { service in
                ([service.name] + service.methods.map { "  \($0.name)  \(kind(of: $0))" })
                    .joined(separator: "\n")
            }
            if wanted == nil { blocks += unknown.map { "\($0)  (\(DefinitionText.undefined))" } }
            return blocks.joined(separator: "\n")
        }
    }

    /// `caodiem.definition/1`
    static func describe(_ known: FleetDefinitions, name: String) throws(Trouble) -> Answer {
        let full = try refusing(field: "--describe") { () throws(ReflectionFailure) in
            try known.definitions.name(matching: name)
        }
        let text = known.definitions.protoText(of: full) ?? ""
        return Answer(
            .answer(
                "definition/1", [.init("name", .string(full)), .init("proto", .string(text))])
        ) { _ in text }
    }

    /// What was typed does not fit the definitions: a usage error with their hint.
    static func refusing<Value>(
        field: String, _ body: () throws(ReflectionFailure) -> Value
    ) throws(Trouble) -> Value {
        do throws(ReflectionFailure) {
            return try body()
        } catch {
            throw Trouble(
                .usage, code: "USAGE",
                error.path.isEmpty ? error.message : "\(error.path): \(error.message)",
                field: field, hint: error.hint)
        }
    }

    private static func json(of service: ServiceDescriptor) -> JSON {
        [
            "name": .string(service.name),
            "methods": .list(service.methods) { method in
                [
                    "name": .string(method.name), "path": .string(method.path),
                    "kind": .string(kind(of: method)), "request": .string(method.request),
                    "reply": .string(method.reply), "idempotent": .bool(method.isIdempotent),
                ]
            },
        ]
    }

    private static func kind(of method: MethodDescriptor) -> String {
        switch (method.isClientStreaming, method.isServerStreaming) {
        case (false, false): "unary"
        case (false, true): "server_streaming"
        case (true, false): "client_streaming"
        case (true, true): "bidirectional"
        }
    }
}

private enum DefinitionText {
    static let undefined = Phrase("không có định nghĩa", "no definition is known")
}
