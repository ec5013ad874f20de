import Reflection

/// The definitions that reflection serves: our own, and those that plugins describe themselves with.
/// Lives on the loop.
final class ReflectionDefinitions: @unchecked Sendable {
    // Unchecked: its variables are touched on the loop only.
    private(set) var all: DescriptorSet
    private let builtIn: DescriptorSet
    private var described: [String: [FileDescriptor]] = [:]

    /// Bytes of one plugin's descriptor set.
    static let pluginBytes = 1 << 20

    init(builtIn: DescriptorSet) {
        self.builtIn = builtIn
        all = builtIn
    }

    /// Takes what a plugin says of its services, in place of what it said before; when it cannot be
    /// used nothing changes and the reason comes back.
    ///
    /// - Parameter encoded: a FileDescriptorSet; empty when the plugin says nothing.
    func report(_ encoded: [UInt8], by plugin: String) -> String? {
        var limits = ReflectionLimits()
        limits.descriptorBytes = ReflectionDefinitions.pluginBytes
        do throws(ReflectionFailure) {
            var others = described
            others[plugin] = try DescriptorSet(encoded: encoded, limits: limits).files
            all = try merged(others)
            described = others
            return nil
        } catch {
            let hint = error.hint.isEmpty ? "" : "; \(error.hint)"
            return "the descriptors of plugin \(plugin) cannot be used: \(error.message)\(hint)"
        }
    }

    /// Of files with one name ours counts, then that of the first plugin: an older copy of an import
    /// is no reason to refuse a plugin.
    private func merged(
        _ described: [String: [FileDescriptor]]
    ) throws(ReflectionFailure) -> DescriptorSet {
        var files = builtIn.files
        var names = Set(files.map(\.name))
        for plugin in described.keys.sorted() {
            for file in described[plugin] ?? [] where names.insert(file.name).inserted {
                files.append(file)
            }
        }
        guard files.count > builtIn.files.count else { return builtIn }
        return try DescriptorSet(files: files.map(\.encoded))
    }
}
