internal import Rules

/// The encoding of a text file.
enum TextEncoding: String, Sendable {
    case utf8 = "utf-8"
    case utf16LittleEndian = "utf-16le"
    case utf16BigEndian = "utf-16be"
    case tcvn3, vni
}

/// Turns the chunks of a text file, in whatever encoding, into chunks of UTF-8.
final class TextChunks {
    private let nextChunk: () throws -> [UInt8]?
    /// Known once the first chunk was asked for.
    private(set) var encoding = TextEncoding.utf8
    private let legacy: LegacyVietnamese?
    /// The file is UTF-8, whose letters stand for the bytes of the legacy encoding.
    private var isLegacyInUTF8 = false
    private var started = false
    private var rest: [UInt8] = []
    private var highSurrogate: UInt16?

    /// `legacy` is what the sender says that the text is in, where it is not Unicode.
    init(legacy: LegacyVietnamese?, nextChunk: @escaping () throws -> [UInt8]?) {
        self.legacy = legacy
        self.nextChunk = nextChunk
    }

    func next() throws -> [UInt8]? {
        guard let chunk = try nextChunk() else { return try last() }
        if !started {
            started = true
            detect(chunk)
        }
        switch encoding {
        case .utf8: return chunk
        case .utf16LittleEndian, .utf16BigEndian: return decodeUTF16(chunk)
        case .tcvn3, .vni: return decodeLegacy(chunk, isLast: false)
        }
    }

    private func last() throws -> [UInt8]? {
        guard !rest.isEmpty else { return nil }
        switch encoding {
        case .utf8: return nil
        case .utf16LittleEndian, .utf16BigEndian:
            throw TableProblem(.badEncoding, .init(.cutUTF16), hint: .init(.sendWhole))
        case .tcvn3, .vni: return decodeLegacy([], isLast: true)
        }
    }

    private func detect(_ chunk: [UInt8]) {
        let head = chunk.prefix(512)
        // Text that is mostly ASCII has a zero in every other byte.
        let zeros = head.enumerated().reduce(into: [0, 0]) { counts, byte in
            if byte.element == 0 { counts[byte.offset % 2] += 1 }
        }
        if chunk.starts(with: [0xFF, 0xFE]) || zeros[1] > head.count / 4 {
            encoding = .utf16LittleEndian
        } else if chunk.starts(with: [0xFE, 0xFF]) || zeros[0] > head.count / 4 {
            encoding = .utf16BigEndian
        } else if let legacy {
            encoding = legacy == .tcvn3 ? .tcvn3 : .vni
            // The end of a chunk may cut a letter.
            let whole = chunk.prefix(max(0, chunk.count - 4))
            isLegacyInUTF8 =
                whole.contains { $0 >= 0x80 }
                && String(validating: whole.prefix(TextChunks.cut(whole)), as: UTF8.self) != nil
        }
    }

    private func decodeUTF16(_ chunk: [UInt8]) -> [UInt8] {
        rest += chunk
        var text = ""
        let isLittle = encoding == .utf16LittleEndian
        var place = 0
        var units: [UInt16] = []
        units.reserveCapacity(rest.count / 2)
        if let high = highSurrogate { units.append(high) }
        highSurrogate = nil
        while place + 1 < rest.count {
            let (a, b) = (UInt16(rest[place]), UInt16(rest[place + 1]))
            units.append(isLittle ? b << 8 | a : a << 8 | b)
            place += 2
        }
        rest.removeFirst(place)
        if let last = units.last, UTF16.isLeadSurrogate(last) {
            highSurrogate = last
            units.removeLast()
        }
        text = String(decoding: units, as: UTF16.self)
        if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
        return Array(text.utf8)
    }

    /// Decodes up to the last blank: no letter and no mark of it is cut there.
    private func decodeLegacy(_ chunk: [UInt8], isLast: Bool) -> [UInt8] {
        guard let legacy else { return chunk }
        rest += chunk
        let end = isLast || rest.count > TableLimits.row ? rest.count : TextChunks.cut(rest[...])
        let part = rest[..<end]
        let text =
            isLegacyInUTF8
            ? String(decoding: part, as: UTF8.self)
            : String(String.UnicodeScalarView(part.map { Unicode.Scalar($0) }))
        rest.removeFirst(end)
        return Array(legacy.decoded(text).utf8)
    }

    /// The place after the last blank, line end or separator.
    private static func cut(_ bytes: ArraySlice<UInt8>) -> Int {
        let place = bytes.lastIndex { $0 <= 0x20 || $0 == 0x2C || $0 == 0x3B }
        return place.map { $0 - bytes.startIndex + 1 } ?? 0
    }
}
