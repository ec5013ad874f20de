/// Attributes that workers report with Configure: one key must have one value over the fleet.
struct FleetAttributes: Sendable, Equatable {
    private var reported: [String: [String: String]] = [:]

    /// Takes the attributes of `plugin`; on a difference nothing changes and the reason comes
    /// back with both values.
    mutating func report(_ attributes: [(key: String, value: String)], by plugin: String)
        -> String?
    {
        for (key, value) in attributes {
            for other in reported.keys.sorted() where other != plugin {
                guard let theirs = reported[other]?[key], theirs != value else { continue }
                return "\(key) differs over the fleet: plugin \(plugin) has \(value), "
                    + "plugin \(other) has \(theirs); bring both to one version"
            }
        }
        reported[plugin] = Dictionary(attributes) { _, last in last }
        return nil
    }

    /// The plugin no longer counts, since it is not running.
    mutating func forget(_ plugin: String) { reported[plugin] = nil }

    /// One entry a key, sorted by key.
    var shared: [(key: String, value: String)] {
        var merged: [String: String] = [:]
        for attributes in reported.values {
            merged.merge(attributes) { first, _ in first }
        }
        return merged.sorted { $0.key < $1.key }.map { (key: $0.key, value: $0.value) }
    }
}
