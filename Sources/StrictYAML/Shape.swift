internal import Spelling

/// What a value must look like, and the Swift value it becomes.
///
///     let manifest = try StrictReader.read(bytes, name: "plugin.yaml", as: .mapping { map in
///         let id = map.required("id", .text)
///         let retries = map.optional("retries", .integer(in: 0...9), or: 3)
///         let wants = map.optional("wants", .list(.text), or: [])
///         guard let id else { return nil }        // first ask for every key, then leave
///         return Manifest(id: id, retries: retries, wants: wants)
///     })
///
/// A key that the closure never asked for is unknown, and refused with the nearest known name.
/// Nothing throws inside: each fault is noted with its line, and `read` throws all of them
/// together.
public struct Shape<Value> {
    /// The value of a node, or nil with the faults noted; for shapes built of others.
    public let read: (YAMLNode, Reading) -> Value?

    /// A shape of one's own; the closure notes what is wrong and returns nil.
    public init(_ read: @escaping (YAMLNode, Reading) -> Value?) { self.read = read }

    /// This shape, narrowed: `expected` completes "must be …".
    public func narrowed<Narrow>(
        to expected: String, _ narrow: @escaping (Value) -> Narrow?
    ) -> Shape<Narrow> {
        Shape<Narrow> { node, reading in
            guard let value = self.read(node, reading) else { return nil }
            guard let result = narrow(value) else {
                reading.refuse(
                    node, "must be \(expected), found \(node.shown)", "write \(expected)")
                return nil
            }
            return result
        }
    }
}

/// Notes faults at values.
public struct Reading {
    let findings: Findings

    /// Notes that a value is wrong: `what` follows its name, `fix` says what to do.
    public func refuse(_ node: YAMLNode, _ what: String, _ fix: String) {
        findings.note(node.position, "\(node.named) \(what)", fix)
    }
}

extension Shape where Value == String {
    /// Any text that is not empty, quoted or not.
    public static var text: Shape<String> {
        Shape { node, reading in
            guard case .scalar(let text, _) = node.content, !node.isEmpty, !text.isEmpty else {
                reading.refuse(node, "must be text, found \(node.shown)", "write the text")
                return nil
            }
            return text
        }
    }
}

extension Shape where Value == Int {
    /// A whole number without quotes; `_` may group its digits.
    public static var integer: Shape<Int> { integer(in: Int.min...Int.max) }

    public static func integer(in range: ClosedRange<Int>) -> Shape<Int> {
        Shape { node, reading in
            guard case .scalar(let text, plain: true) = node.content,
                let value = Int(text.filter { $0 != "_" }), !text.hasPrefix("_")
            else {
                reading.refuse(
                    node, "must be a whole number, found \(node.shown)",
                    "write digits without quotes")
                return nil
            }
            guard range.contains(value) else {
                reading.refuse(
                    node,
                    "must lie between \(range.lowerBound) and \(range.upperBound), found \(value)",
                    "write a number in that range")
                return nil
            }
            return value
        }
    }
}

extension Shape where Value == Bool {
    /// `true` or `false`, nothing else.
    public static var flag: Shape<Bool> {
        Shape { node, reading in
            if case .scalar(let text, plain: true) = node.content {
                if text == "true" { return true }
                if text == "false" { return false }
            }
            reading.refuse(
                node, "must be true or false, found \(node.shown)", "write true or false")
            return nil
        }
    }
}

extension Shape {
    /// One of the names of an enum with raw text values.
    public static func choice(_ type: Value.Type = Value.self) -> Shape<Value>
    where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
        choice(among: Array(Value.allCases))
    }

    /// One of these values, by its raw text.
    public static func choice(among values: [Value]) -> Shape<Value>
    where Value: RawRepresentable, Value.RawValue == String {
        let names = values.map(\.rawValue)
        return Shape { node, reading in
            guard case .scalar(let text, _) = node.content,
                let value = values.first(where: { $0.rawValue == text })
            else {
                reading.refuse(
                    node, "must be one of \(names.joined(separator: ", ")), found \(node.shown)",
                    suggestion(for: node, among: names) ?? "write one of them")
                return nil
            }
            return value
        }
    }

    /// A list of at least so many items, each of one shape; faulty items are noted and left out.
    public static func list<Item>(
        _ item: Shape<Item>, atLeast minimum: Int = 0
    ) -> Shape<[Item]> where Value == [Item] {
        Shape { node, reading in
            guard case .sequence(let nodes) = node.content else {
                reading.refuse(
                    node, "must be a list, found \(node.shown)",
                    "write its items as '- …' lines or in [ ]")
                return nil
            }
            guard nodes.count >= minimum else {
                reading.refuse(
                    node, "must hold at least \(minimum), found \(nodes.count)",
                    "add what is missing")
                return nil
            }
            return nodes.compactMap { item.read($0, reading) }
        }
    }

    /// A mapping of known keys; see `Shape`.
    public static func mapping(_ build: @escaping (Fields) -> Value?) -> Shape<Value> {
        Shape { node, reading in
            guard case .mapping(let entries) = node.content else {
                reading.refuse(
                    node, "must be a mapping of keys, found \(node.shown)",
                    "write its keys as 'key: value' lines")
                return nil
            }
            let fields = Fields(node: node, entries: entries, reading: reading)
            let value = build(fields)
            fields.refuseUnknown()
            return value
        }
    }

    /// A mapping whose keys are names of the file's own (such as labels), in the file's order.
    public static func named<Item>(_ item: Shape<Item>) -> Shape<[(name: String, value: Item)]>
    where Value == [(name: String, value: Item)] {
        Shape { node, reading in
            guard case .mapping(let entries) = node.content else {
                reading.refuse(
                    node, "must be a mapping of names, found \(node.shown)",
                    "write them as 'name: value' lines")
                return nil
            }
            return entries.compactMap { entry in
                item.read(entry.value, reading).map { (entry.key, $0) }
            }
        }
    }
}

private func suggestion(for node: YAMLNode, among names: [String]) -> String? {
    guard case .scalar(let text, _) = node.content else { return nil }
    return nearestName(to: text, among: names).map { "did you mean '\($0)'?" }
}
