/// Which plugins need which others.
struct Dependencies: Sendable {
    private let ids: [String]
    private let needs: [String: [String]]

    /// Each plugin with those that it depends on; the order is kept where nothing speaks against.
    init(_ plugins: [(id: String, dependsOn: [String])]) {
        ids = plugins.map(\.id)
        needs = Dictionary(plugins.map { ($0.id, $0.dependsOn) }) { first, _ in first }
    }

    /// Dependencies before those that need them; members of a cycle stay where they stand.
    var order: [String] {
        var placed: [String] = []
        var seen: Set<String> = []
        func place(_ id: String) {
            guard needs[id] != nil, seen.insert(id).inserted else { return }
            for other in needs[id] ?? [] { place(other) }
            placed.append(id)
        }
        for id in ids { place(id) }
        return placed
    }

    /// Every cycle once, as the plugins on it from its smallest id on.
    var cycles: [[String]] {
        var found: [[String]] = []
        for start in ids.sorted() {
            guard let cycle = path(from: start, to: start), cycle.min() == start else { continue }
            found.append(cycle)
        }
        return found
    }

    /// The shortest way along dependencies that ends in `goal`, without naming it again.
    private func path(from start: String, to goal: String) -> [String]? {
        var waiting: [[String]] = [[start]]
        var seen: Set<String> = []
        while !waiting.isEmpty {
            let path = waiting.removeFirst()
            for next in (needs[path[path.count - 1]] ?? []).sorted() {
                if next == goal { return path }
                if seen.insert(next).inserted { waiting.append(path + [next]) }
            }
        }
        return nil
    }
}
