internal import Spelling

extension DescriptorSet {
    /// The method that someone means.
    ///
    /// - Parameters:
    ///   - typed: `package.Service/Method`, with dots for the slash if one likes, or any end of it
    ///     that only one method has: `Service.Method`, `Method`.
    ///   - services: full names of the services to look in.
    public func method(
        matching typed: String, in services: [String]
    ) throws(ReflectionFailure) -> MethodDescriptor {
        let methods = services.compactMap { service(named: $0) }.flatMap(\.methods)
        let wanted = DescriptorSet.dotted(typed)
        let matching = methods.filter { DescriptorSet.ends(DescriptorSet.dotted($0.path), wanted) }
        if let exact = matching.first(where: { DescriptorSet.dotted($0.path) == wanted }) {
            return exact
        }
        guard matching.count < 2 else {
            let names = matching.map { String($0.path.dropFirst()) }.sorted()
            throw ReflectionFailure(
                "“\(typed)” is the name of \(names.count) methods",
                hint: "write one of: \(names.prefix(12).joined(separator: ", "))")
        }
        if let only = matching.first { return only }
        throw ReflectionFailure(
            "no service has a method “\(typed)”", hint: hint(for: wanted, among: methods))
    }

    /// The full name of a service, message, enum or method that someone means, from any end of it
    /// that only one has.
    public func name(matching typed: String) throws(ReflectionFailure) -> String {
        let methods = serviceNames.compactMap { service(named: $0) }.flatMap(\.methods)
        let names =
            serviceNames + messageNames + enumNames
            + methods.map { DescriptorSet.dotted($0.path) }
        let wanted = DescriptorSet.dotted(typed)
        if names.contains(wanted) { return wanted }
        let matching = names.filter { DescriptorSet.ends($0, wanted) }.sorted()
        if matching.count == 1 { return matching[0] }
        guard matching.isEmpty else {
            throw ReflectionFailure(
                "“\(typed)” is the name of \(matching.count) definitions",
                hint: "write one of: \(matching.prefix(12).joined(separator: ", "))")
        }
        let ends = names.map { DescriptorSet.end(of: $0, like: wanted) }
        let near = nearestName(to: wanted, among: ends).map { "did you mean “\($0)”?" }
        throw ReflectionFailure(
            "nothing is defined under the name “\(typed)”",
            hint: near ?? "services: \(serviceNames.joined(separator: ", "))")
    }

    private func hint(for wanted: String, among methods: [MethodDescriptor]) -> String {
        let ends = methods.map {
            DescriptorSet.end(of: DescriptorSet.dotted($0.path), like: wanted)
        }
        if let near = nearestName(to: wanted, among: ends) { return "did you mean “\(near)”?" }
        return "see them all with --list"
    }

    private static func dotted(_ name: String) -> String {
        var name = name
        if name.hasPrefix("/") { name.removeFirst() }
        return String(name.map { $0 == "/" ? "." : $0 })
    }

    private static func ends(_ name: String, _ end: String) -> Bool {
        !end.isEmpty && (name == end || name.hasSuffix("." + end))
    }

    /// As many of the last parts of a name as `typed` has, at least one.
    private static func end(of name: String, like typed: String) -> String {
        let count = typed.split(separator: ".").count
        return name.split(separator: ".").suffix(max(1, count)).joined(separator: ".")
    }
}
