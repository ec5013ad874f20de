import Spelling
import StrictYAML
import Testing

/// A small file's value, as a plugin's manifest might be.
private struct Manifest: Equatable {
    var id: String
    var retries: Int
    var wants: [String]
    var color: Color?
}

private enum Color: String, CaseIterable { case red, green }

private func read(_ text: String) throws(YAMLRefusal) -> Manifest {
    try StrictReader.read(
        Array(text.utf8), name: "m.yaml",
        as: .mapping { map in
            let id = map.required("id", .text)
            let retries = map.optional("retries", .integer(in: 0...9), or: 3)
            let wants = map.optional("wants", .list(.text), or: [])
            let color = map.optional("color", .choice(Color.self))
            guard let id else { return nil }
            return Manifest(id: id, retries: retries, wants: wants, color: color)
        })
}

private func faults(_ text: String) -> [String] {
    do {
        _ = try read(text)
        return []
    } catch {
        return error.issues.map(\.description)
    }
}

@Suite("Strict YAML")
struct StrictReaderTests {
    @Test("reads block and flow style, quotes, comments, CRLF and a byte order mark")
    func reads() throws {
        let whole = Manifest(id: "đấu giá", retries: 1, wants: ["a", "b"], color: .red)
        #expect(
            try read("id: đấu giá # tên\nretries: 1\nwants:\n- a\n- 'b'\ncolor: red\n") == whole)
        #expect(try read("{id: \"đấu giá\", retries: 1, wants: [a, b], color: red}") == whole)
        #expect(
            try read("\u{FEFF}id: đấu giá\r\nretries: 1\r\nwants: [a, b]\r\ncolor: red\r\n")
                == whole)
        #expect(try read("id: no") == Manifest(id: "no", retries: 3, wants: [], color: nil))
    }

    @Test("each fault by its line, with what to do", arguments: cases)
    func refused(_ case: Fault) {
        #expect(faults(`case`.text) == `case`.messages)
    }

    @Test("a fault knows its column")
    func column() {
        let error = #expect(throws: YAMLRefusal.self) { try read("id: a\nwants: [b, {}]\n") }
        #expect(error?.issues.first?.position.description == "m.yaml:2:12")
    }

    @Test("all faults of a file stand together, in order of place")
    func together() {
        #expect(
            faults("retrys: 4\nwants: 7\ncolor: gren\ncolor: red\n") == [
                "m.yaml:1: missing key 'id' in the file; add 'id: …'",
                "m.yaml:1: unknown key 'retrys' in the file; did you mean 'retries'?",
                "m.yaml:2: 'wants' must be a list, found '7'; "
                    + "write its items as '- …' lines or in [ ]",
                "m.yaml:3: 'color' must be one of red, green, found 'gren'; did you mean 'green'?",
                "m.yaml:4: key 'color' stands twice in one mapping; "
                    + "keep one of them (the first is on line 3)",
            ])
    }

    @Test("a file beyond its bounds is refused before it costs anything")
    func bounds() {
        #expect(
            faults("id: " + String(repeating: "x", count: 1 << 20)) == [
                "m.yaml:1: the file has 1048580 bytes; at most 1048576 are read; "
                    + "split it or remove what does not belong here"
            ])
        let deep = String(repeating: "[", count: 40) + String(repeating: "]", count: 40)
        #expect(
            faults("id: a\nwants: " + deep) == [
                "m.yaml:2: 'wants[1]' must be text, found a list; write the text",
                "m.yaml:2: values are nested deeper than 32 levels; flatten the file",
            ])
        let deeper = faults("id: a\nwants: " + String(repeating: "[", count: 200_000))
        #expect(deeper.count == 1)
        let dashes = faults("id: a\nwants:\n" + String(repeating: "- ", count: 200_000))
        #expect(dashes.count == 1)
    }

    @Test("a flood of faults ends at a hundred, and quickly")
    func flood() {
        let keys = (0..<60_000).map { "k\($0): \($0)" }.joined(separator: "\n")
        let clock = ContinuousClock()
        var found: [String] = []
        let took = clock.measure { found = faults(keys) }
        #expect(found.count == 100)
        let twice = clock.measure { found = faults(keys + "\n" + keys) }
        #expect(found.count == 1, "larger than a file may be")
        let repeated = clock.measure {
            found = faults(String(repeating: "id: a\n", count: 50_000))
        }
        #expect(found.count == 9)
        #expect(took + twice + repeated < .seconds(60))
    }

    @Test("aliases that grow without bound are never expanded")
    func aliasBomb() {
        var text = "a0: &a0 [x, x]\n"
        for level in 1...30 {
            text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n"
        }
        #expect(
            faults(text) == [
                "m.yaml:14: more than 24 words start with '*' like aliases; "
                    + "write the values out; aliases are not read"
            ])
    }

    @Test("bytes that are no UTF-8 are refused by line")
    func encoding() {
        let error = #expect(throws: YAMLRefusal.self) {
            try StrictReader.read([0x61, 0x3A, 0x0A, 0xFF, 0xFE], name: "m.yaml", as: .text)
        }
        #expect(
            error?.description == "m.yaml:2: the text is not UTF-8; save the file as UTF-8")
    }

    @Test("any cut of a sound file is read or refused, never worse")
    func truncated() {
        let text = Array("id: \"a\"\nwants: [b, 'c']\ncolor: red\n".utf8)
        for end in 0...text.count {
            _ = faults(String(decoding: text[..<end], as: UTF8.self))
        }
        #expect(faults(String(decoding: text, as: UTF8.self)) == [])
    }

    @Test("the nearest name forgives a slip, not another word")
    func nearest() {
        let names = ["threshold", "title", "due_on"]
        #expect(nearestName(to: "treshold", among: names) == "threshold")
        #expect(nearestName(to: "tilte", among: names) == "title")
        #expect(nearestName(to: "Due_On", among: names) == "due_on")
        #expect(nearestName(to: "paragraph", among: names) == nil)
        #expect(nearestName(to: "title", among: ["title"]) == nil)
    }
}

struct Fault: Sendable, CustomTestStringConvertible {
    let text: String
    let messages: [String]

    init(_ text: String, _ messages: String...) {
        self.text = text
        self.messages = messages
    }

    var testDescription: String { text.replacing("\n", with: "⏎") }
}

private let cases = [
    Fault("", "m.yaml:1: the file is empty; write its keys"),
    Fault(
        "- a\n",
        "m.yaml:1: the file must be a mapping of keys, found a list; "
            + "write its keys as 'key: value' lines"),
    Fault("id:\n", "m.yaml:1: 'id' must be text, found nothing; write the text"),
    Fault("id: [a]\n", "m.yaml:1: 'id' must be text, found a list; write the text"),
    Fault(
        "id: a\nzebra: 1\n",
        "m.yaml:2: unknown key 'zebra' in the file; known keys: id, retries, wants, color"),
    Fault(
        "id: a\nretries: many\n",
        "m.yaml:2: 'retries' must be a whole number, found 'many'; write digits without quotes"),
    Fault(
        "id: a\nretries: 10\n",
        "m.yaml:2: 'retries' must lie between 0 and 9, found 10; write a number in that range"),
    Fault(
        "id: a\nwants: [b, {c: d}]\n",
        "m.yaml:2: 'wants[2]' must be text, found a mapping; write the text"),
    Fault(
        "id: &x a\n",
        "m.yaml:1: an anchor (&x) stands here; write the value out wherever it is needed"),
    Fault(
        "id: a\nwants: [&x b, *x]\n",
        "m.yaml:2: an anchor (&x) stands here; write the value out wherever it is needed"),
    Fault(
        "id: !!str a\n",
        "m.yaml:1: a tag (tag:yaml.org,2002:str) stands here; "
            + "remove it: each key already says which kind of value it takes"),
    Fault(
        "id: a\n<<: {retries: 1}\n",
        "m.yaml:2: a merge key (<<) stands here; write the merged keys out"),
    Fault("id: a\n? [b]\n: c\n", "m.yaml:2: a key is not plain text; use a single word as the key"),
    Fault(
        "{id: a, retries: 1, id: b}\n",
        "m.yaml:1: key 'id' stands twice in one mapping; "
            + "keep one of them (the first is on line 1)"),
    Fault("id: a\n---\nid: b\n", "m.yaml:2: a second document starts here; keep one a file"),
    Fault(
        "id: a\nwants: [b\n",
        "m.yaml:3: this is no YAML: did not find expected ',' or ']' "
            + "(while parsing a flow sequence, line 2); "
            + "mend the syntax here: indentation, quotes, or a ': ' inside unquoted text"),
    Fault(
        "id: a: b\n",
        "m.yaml:1: this is no YAML: mapping values are not allowed in this context; "
            + "mend the syntax here: indentation, quotes, or a ': ' inside unquoted text"),
]
