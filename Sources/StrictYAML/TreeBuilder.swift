import Yams

/// Turns the parser's nodes into a tree with places, refusing what a strict file may not hold:
/// anchors, aliases, tags, merge keys, keys that are no text, and nesting beyond
/// `YAMLLimits.depth`.
struct TreeBuilder {
    let file: String
    let setAside: Set<YAMLPosition>
    let findings: Findings

    func tree(_ node: Node, path: String = "", depth: Int = 1) -> YAMLNode? {
        let position = place(node.mark)
        guard depth <= YAMLLimits.depth else {
            findings.note(
                position, "values are nested deeper than \(YAMLLimits.depth) levels",
                "flatten the file")
            return nil
        }
        noteExtras(node, at: position)
        let content: YAMLNode.Content
        switch node {
        case .scalar(let scalar):
            content = .scalar(scalar.string, plain: scalar.style == .plain)
        case .sequence(let sequence):
            content = .sequence(
                sequence.enumerated().compactMap { index, item in
                    tree(item, path: "\(path)[\(index + 1)]", depth: depth + 1)
                })
        case .mapping(let mapping):
            content = .mapping(
                mapping.compactMap { entry($0.key, $0.value, path: path, depth: depth) })
        case .alias:
            findings.note(position, "an alias (*name) stands here", "write the value out")
            return nil
        }
        return YAMLNode(content: content, position: position, path: path)
    }

    private func entry(_ key: Node, _ value: Node, path: String, depth: Int) -> YAMLNode.Entry? {
        let position = place(key.mark)
        guard !setAside.contains(position) else { return nil }
        guard case .scalar(let scalar) = key, scalar.anchor == nil else {
            findings.note(
                position, "a key is not plain text", "use a single word as the key")
            return nil
        }
        guard !(scalar.style == .plain && scalar.string == "<<") else {
            findings.note(
                position, "a merge key (<<) stands here", "write the merged keys out")
            return nil
        }
        let below = path.isEmpty ? scalar.string : "\(path).\(scalar.string)"
        guard let value = tree(value, path: below, depth: depth + 1) else { return nil }
        return YAMLNode.Entry(key: scalar.string, keyPosition: position, value: value)
    }

    /// Anchors and tags are noted, and the value is read on without them.
    private func noteExtras(_ node: Node, at position: YAMLPosition) {
        if let anchor = node.anchor {
            findings.note(
                position, "an anchor (&\(anchor.rawValue)) stands here",
                "write the value out wherever it is needed")
        }
        let (tag, quoted) = tagName(node)
        guard tag.isEmpty || (quoted && tag == Tag.Name.str.rawValue) else {
            findings.note(
                position, "a tag (\(tag)) stands here",
                "remove it: each key already says which kind of value it takes")
            return
        }
    }

    /// The written tag, not the resolved one.
    private func tagName(_ node: Node) -> (String, quoted: Bool) {
        switch node {
        case .scalar(let scalar): (scalar.tag.description, scalar.style != .plain)
        case .sequence(let sequence): (sequence.tag.description, false)
        case .mapping(let mapping): (mapping.tag.description, false)
        case .alias(let alias): (alias.tag.description, false)
        }
    }

    private func place(_ mark: Mark?) -> YAMLPosition {
        YAMLPosition(file: file, line: mark?.line ?? 1, column: mark?.column ?? 1)
    }
}
