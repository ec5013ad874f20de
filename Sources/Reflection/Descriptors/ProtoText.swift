extension DescriptorSet {
    /// A definition as a .proto file has it, without its comments; nil when there is none of that
    /// full name. A method comes with its request and reply.
    public func protoText(of name: String) -> String? {
        if let service = service(named: name) { return text(of: service) }
        if let message = message(named: name) { return text(of: message) }
        if let enumeration = enumeration(named: name) { return text(of: enumeration) }
        guard let dot = name.lastIndex(of: "."),
            let method = service(named: String(name[..<dot]))?.methods
                .first(where: { $0.name == name[name.index(after: dot)...] })
        else { return nil }
        var types = [method.request]
        if method.reply != method.request { types.append(method.reply) }
        let messages = types.compactMap { message(named: $0).map { text(of: $0) } }
        return ([text(of: method)] + messages).joined(separator: "\n\n")
    }

    private func text(of service: ServiceDescriptor) -> String {
        let methods = service.methods.map { "  " + text(of: $0) }
        return (["service \(service.name) {"] + methods + ["}"]).joined(separator: "\n")
    }

    private func text(of method: MethodDescriptor) -> String {
        let request = (method.isClientStreaming ? "stream " : "") + method.request
        let reply = (method.isServerStreaming ? "stream " : "") + method.reply
        return "rpc \(method.name)(\(request)) returns (\(reply));"
    }

    private func text(of message: MessageDescriptor) -> String {
        var lines = ["message \(message.name) {"]
        var written: Set<Int> = []
        for field in message.fields {
            guard let oneof = field.oneof else {
                lines.append("  " + text(of: field))
                continue
            }
            guard written.insert(oneof).inserted else { continue }
            lines.append("  oneof \(message.oneofs[oneof]) {")
            lines += message.fields.filter { $0.oneof == oneof }.map { "    " + text(of: $0) }
            lines.append("  }")
        }
        return (lines + ["}"]).joined(separator: "\n")
    }

    private func text(of field: FieldDescriptor) -> String {
        if let entry = message(named: field.typeName), entry.isMapEntry,
            let key = entry.field(numbered: 1), let value = entry.field(numbered: 2)
        {
            return "map<\(typeText(key)), \(typeText(value))> \(field.name) = \(field.number);"
        }
        var label = ""
        if field.isRepeated {
            label = "repeated "
        } else if field.hasPresence, field.oneof == nil, field.kind != .message {
            label = "optional "
        }
        return "\(label)\(typeText(field)) \(field.name) = \(field.number);"
    }

    private func typeText(_ field: FieldDescriptor) -> String {
        field.typeName.isEmpty ? field.kind.word : field.typeName
    }

    private func text(of enumeration: EnumDescriptor) -> String {
        let values = enumeration.values.map { "  \($0.name) = \($0.number);" }
        return (["enum \(enumeration.name) {"] + values + ["}"]).joined(separator: "\n")
    }
}
