import Foundation
import FoundationXML
import Testing

/// A page as a tree, read as XML so that anything unclosed or unescaped is found.
final class PageTree: NSObject, XMLParserDelegate {
    final class Node {
        let name: String
        let attributes: [String: String]
        var children: [Node] = []
        var text = ""

        init(_ name: String, _ attributes: [String: String]) {
            self.name = name
            self.attributes = attributes
        }

        var all: [Node] { [self] + children.flatMap(\.all) }

        /// What is read aloud, as far as a tree can tell.
        var words: String {
            (text + children.map(\.words).joined(separator: " "))
                .trimmingCharacters(in: .whitespacesAndNewlines)
        }
    }

    private var open: [Node] = [Node("", [:])]
    var fault: String?

    var root: Node { open[0] }

    /// Nil with a recorded fault where the page is not well-formed.
    static func read(_ page: String) throws -> PageTree {
        let tree = PageTree()
        let body = page.replacingOccurrences(of: "<!DOCTYPE html>\n", with: "")
        let parser = XMLParser(data: Data(body.utf8))
        parser.delegate = tree
        if !parser.parse() {
            tree.fault = "line \(parser.lineNumber): \(String(describing: parser.parserError))"
        }
        return tree
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String] = [:]
    ) {
        let node = Node(name, attributes)
        open[open.count - 1].children.append(node)
        open.append(node)
    }

    func parser(
        _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
        qualifiedName: String?
    ) {
        open.removeLast()
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
        open[open.count - 1].text += text
    }
}

/// What every page must be for a keyboard and a screen reader, as far as its markup tells (WCAG 2.2: 1.3.1, 2.4.1,
/// 2.4.2, 2.4.6, 3.1.1, 3.3.2, 4.1.2).
enum PageRules {
    static func faults(_ page: String) throws -> [String] {
        let tree = try PageTree.read(page)
        if let fault = tree.fault { return [fault] }
        let nodes = tree.root.all
        return landmarks(nodes) + headings(nodes) + names(nodes) + tables(nodes) + ids(nodes)
            + inline(nodes)
    }

    private static func landmarks(_ nodes: [PageTree.Node]) -> [String] {
        var faults: [String] = []
        let html = nodes.first { $0.name == "html" }
        if html?.attributes["lang"]?.isEmpty ?? true { faults.append("no language") }
        if nodes.count(where: { $0.name == "main" }) != 1 { faults.append("not one main") }
        if nodes.first(where: { $0.name == "title" })?.words.isEmpty ?? true {
            faults.append("no title")
        }
        let regions = nodes.filter { $0.name == "nav" || $0.attributes["role"] == "group" }
        for node in regions where node.attributes["aria-label"]?.isEmpty ?? true {
            faults.append("a \(node.name) without a name")
        }
        return faults
    }

    private static func headings(_ nodes: [PageTree.Node]) -> [String] {
        var faults: [String] = []
        var last = 0
        for node in nodes where ["h1", "h2", "h3", "h4"].contains(node.name) {
            let level = Int(node.name.dropFirst()) ?? 0
            if level > last + 1 { faults.append("\(node.name) after h\(last)") }
            if node.words.isEmpty { faults.append("an empty \(node.name)") }
            last = level
        }
        if nodes.count(where: { $0.name == "h1" }) != 1 { faults.append("not one h1") }
        return faults
    }

    /// Links, buttons, fields and pictures.
    private static func names(_ nodes: [PageTree.Node]) -> [String] {
        var faults: [String] = []
        let labelled = Set(nodes.filter { $0.name == "label" }.compactMap { $0.attributes["for"] })
        for node in nodes {
            switch node.name {
            case "a", "button", "option", "label", "summary":
                if node.words.isEmpty { faults.append("a \(node.name) without words") }
            case "input", "select":
                let isHidden = node.attributes["type"] == "hidden"
                if !isHidden, !labelled.contains(node.attributes["id"] ?? "") {
                    faults.append("a field without a label: \(node.attributes)")
                }
            case "svg":
                let isHidden = node.attributes["aria-hidden"] == "true"
                if !isHidden, node.attributes["aria-labelledby"] == nil {
                    faults.append("a picture without a name")
                }
            default: break
            }
        }
        return faults
    }

    private static func tables(_ nodes: [PageTree.Node]) -> [String] {
        var faults: [String] = []
        for table in nodes where table.name == "table" {
            if table.children.first?.name != "caption" {
                faults.append("a table without a caption")
            }
            for cell in table.all where cell.name == "th" {
                if !["col", "row"].contains(cell.attributes["scope"] ?? "") {
                    faults.append("a heading of a table without scope")
                }
            }
        }
        return faults
    }

    private static func ids(_ nodes: [PageTree.Node]) -> [String] {
        var faults: [String] = []
        let ids = nodes.compactMap { $0.attributes["id"] }
        if Set(ids).count != ids.count { faults.append("an id twice: \(ids)") }
        for node in nodes {
            let named =
                (node.attributes["aria-labelledby"] ?? "") + " "
                + (node.attributes["aria-describedby"] ?? "")
            for id in named.split(separator: " ") where !ids.contains(String(id)) {
                faults.append("nothing has the id \(id)")
            }
        }
        return faults
    }

    /// What the policy forbids anyway.
    private static func inline(_ nodes: [PageTree.Node]) -> [String] {
        var faults: [String] = []
        for node in nodes {
            if node.attributes.keys.contains(where: { $0.hasPrefix("on") || $0 == "style" }) {
                faults.append("inline style or handler on \(node.name)")
            }
            if node.name == "script", node.attributes["src"] == nil {
                faults.append("an inline script")
            }
            if node.name == "style" || node.name == "img" { faults.append("a \(node.name)") }
            let address = node.attributes["href"] ?? node.attributes["src"] ?? "/"
            if !address.hasPrefix("/") && !address.hasPrefix("#") || address.hasPrefix("//") {
                faults.append("an address outside: \(address)")
            }
        }
        return faults
    }
}
