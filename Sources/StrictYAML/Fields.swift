internal import Spelling

/// The keys of one mapping while they are being asked for.
public final class Fields {
    public let node: YAMLNode
    private let entries: [YAMLNode.Entry]
    private let reading: Reading
    private var asked: [String] = []

    init(node: YAMLNode, entries: [YAMLNode.Entry], reading: Reading) {
        self.node = node
        self.entries = entries
        self.reading = reading
    }

    /// The value of a key that must stand; nil with a noted fault when it is missing or wrong.
    public func required<Value>(_ key: String, _ shape: Shape<Value>) -> Value? {
        guard let value = value(of: key) else {
            reading.findings.note(
                node.position, "missing key '\(key)' in \(node.named)", "add '\(key): …'")
            return nil
        }
        return shape.read(value, reading)
    }

    /// The value of a key that may stand; nil when it is absent, or wrong (then with a noted
    /// fault).
    public func optional<Value>(_ key: String, _ shape: Shape<Value>) -> Value? {
        value(of: key).flatMap { shape.read($0, reading) }
    }

    public func optional<Value>(
        _ key: String, _ shape: Shape<Value>, or absent: Value
    ) -> Value {
        optional(key, shape) ?? absent
    }

    /// The value itself, with its place, for a check across keys.
    public func value(of key: String) -> YAMLNode? {
        if !asked.contains(key) { asked.append(key) }
        return entries.first { $0.key == key }?.value
    }

    public func has(_ key: String) -> Bool { entries.contains { $0.key == key } }

    /// Notes a fault at a key's value, or at the mapping when the key is absent.
    public func refuse(_ key: String, _ what: String, _ fix: String) {
        reading.refuse(value(of: key) ?? node, what, fix)
    }

    func refuseUnknown() {
        for entry in entries where !reading.findings.isFull && !asked.contains(entry.key) {
            let free = asked.filter { !has($0) }
            let fix =
                nearestName(to: entry.key, among: free)
                ?? nearestName(to: entry.key, among: asked)
            reading.findings.note(
                entry.keyPosition, "unknown key '\(entry.key)' in \(node.named)",
                fix.map { "did you mean '\($0)'?" }
                    ?? "known keys: \(asked.joined(separator: ", "))")
        }
    }
}
