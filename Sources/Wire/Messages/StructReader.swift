import CMessages
import CProtobufC

/// Copies of what protobuf-c unpacked, as Swift values.
enum StructReader {
    static func bytes(_ data: ProtobufCBinaryData) -> [UInt8] {
        guard data.len > 0, let start = data.data else { return [] }
        return [UInt8](UnsafeBufferPointer(start: start, count: data.len))
    }

    static func byteArrays(
        _ items: UnsafeMutablePointer<ProtobufCBinaryData>?, _ count: Int
    ) -> [[UInt8]] {
        numbers(items, count).map { bytes($0) }
    }

    static func messages<M: CodedMessage>(
        _ items: UnsafeMutablePointer<UnsafeMutablePointer<M.Raw>?>?, _ count: Int
    ) throws(DecodingFailure) -> [M] {
        guard count > 0, let items else { return [] }
        var failure: DecodingFailure?
        // Each element is made where it stays: appending would copy it and its strings.
        let result = [M](unsafeUninitializedCapacity: count) { room, made in
            guard let start = room.baseAddress else { return }
            while made < count, let item = items[made] {
                do throws(DecodingFailure) {
                    (start + made).initialize(to: try M(reading: item))
                } catch {
                    failure = error
                    return
                }
                made += 1
            }
        }
        if let failure { throw failure }
        return result
    }

    static func numbers<Member>(_ items: UnsafeMutablePointer<Member>?, _ count: Int) -> [Member] {
        guard count > 0, let items else { return [] }
        return Array(UnsafeBufferPointer(start: items, count: count))
    }
}

extension CodedMessage {
    /// Text, once it is known to be UTF-8 without NUL; `field` names it in a failure.
    static func text(
        _ data: ProtobufCBinaryData, _ field: StaticString
    ) throws(DecodingFailure) -> String {
        guard data.len > 0, let start = data.data else { return "" }
        let bytes = UnsafeBufferPointer(start: UnsafePointer(start), count: data.len)
        switch TextScan.of(bytes) {
        case .ascii:
            return String(copying: unsafe UTF8Span(unchecked: bytes.span, isKnownASCII: true))
        case .beyondASCII:
            // `String(validating:as:)` takes about twice the time.
            guard let utf8 = try? UTF8Span(validating: bytes.span) else {
                throw invalid(field, "is not valid UTF-8; send text as UTF-8")
            }
            return String(copying: utf8)
        case .holdsNUL:
            throw invalid(field, "holds a NUL character; take it out before sending")
        }
    }

    /// Texts side by side.
    static func texts(
        _ items: UnsafeMutablePointer<ProtobufCBinaryData>?, _ count: Int, _ field: StaticString
    ) throws(DecodingFailure) -> [String] {
        guard count > 0, let items else { return [] }
        var result: [String] = []
        result.reserveCapacity(count)
        for index in 0..<count {
            result.append(try text(items[index], field))
        }
        return result
    }

    private static func invalid(_ field: StaticString, _ what: String) -> DecodingFailure {
        let name = "\(messageName).\(field)"
        return DecodingFailure(reason: .invalidText(field: name), message: "\(name) \(what).")
    }
}
