/// The known name that a mistyped one most likely stands for; nil when none is close.
///
/// Distance counts a wrong, missing, added or swapped letter as one; a third of the longer name's
/// letters may differ, at least one and at most three. Letter case is forgiven.
public func nearestName(to typed: String, among known: some Sequence<String>) -> String? {
    let letters = Array(typed.lowercased())
    var best: (name: String, distance: Int)?
    for name in known where name != typed {
        let other = Array(name.lowercased())
        let limit = min(3, max(1, max(letters.count, other.count) / 3))
        guard abs(letters.count - other.count) <= limit else { continue }
        let distance = editDistance(letters, other)
        if distance <= limit, distance < best?.distance ?? .max { best = (name, distance) }
    }
    return best?.name
}

/// Optimal string alignment: edits and swaps of neighbours.
private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
    guard !a.isEmpty else { return b.count }
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in 1...a.count {
        var row = [i]
        for j in 0..<b.count {
            let changed = last[j] + (a[i - 1] == b[j] ? 0 : 1)
            var cost = min(changed, last[j + 1] + 1, row[j] + 1)
            if i > 1, j > 0, a[i - 1] == b[j - 1], a[i - 2] == b[j] {
                cost = min(cost, beforeLast[j - 1] + 1)
            }
            row.append(cost)
        }
        (beforeLast, last) = (last, row)
    }
    return last[b.count]
}
