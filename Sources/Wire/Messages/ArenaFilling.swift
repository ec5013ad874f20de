import CMessages
import CProtobufC

/// Copies of Swift values in the shape that protobuf-c packs from.
extension Arena {
    /// A string as protobuf-c bytes; `message` and `field` name its place in a failure.
    func text<M: CodedMessage>(
        _ value: String, _ message: M.Type, _ field: StaticString
    ) throws(EncodingFailure) -> ProtobufCBinaryData {
        let stored = value.utf8.withContiguousStorageIfAvailable { copyUnlessNUL($0) }
        let copy = stored ?? Array(value.utf8).withUnsafeBufferPointer { copyUnlessNUL($0) }
        guard let copy else {
            let name = "\(M.messageName).\(field)"
            throw EncodingFailure(
                reason: .invalidText(field: name),
                message: "\(name) holds a NUL character; take it out before sending.")
        }
        return copy
    }

    /// Bytes as they are.
    func bytes(_ value: [UInt8]) -> ProtobufCBinaryData {
        value.withUnsafeBufferPointer { copy($0) }
    }

    /// A filled struct.
    func message<M: CodedMessage>(
        _ value: M
    ) throws(EncodingFailure) -> UnsafeMutablePointer<M.Raw> {
        let raw = room(for: M.Raw.self, count: 1)
        M.initialize(raw)
        try value.fill(raw, self)
        return raw
    }

    /// Filled structs side by side, and the pointers to them that protobuf-c wants.
    func messages<M: CodedMessage>(
        _ values: [M]
    ) throws(EncodingFailure) -> (Int, UnsafeMutablePointer<UnsafeMutablePointer<M.Raw>?>?) {
        guard !values.isEmpty else { return (0, nil) }
        let pointers = room(for: UnsafeMutablePointer<M.Raw>?.self, count: values.count)
        let structs = room(for: M.Raw.self, count: values.count)
        // Through the buffer, an element is filled from where it stands, not from a copy.
        try values.withUnsafeBufferPointer { values throws(EncodingFailure) in
            for index in values.indices {
                M.initialize(structs + index)
                try values[index].fill(structs + index, self)
                (pointers + index).initialize(to: structs + index)
            }
        }
        return (values.count, pointers)
    }

    /// Strings side by side.
    func texts<M: CodedMessage>(
        _ values: [String], _ message: M.Type, _ field: StaticString
    ) throws(EncodingFailure) -> (Int, UnsafeMutablePointer<ProtobufCBinaryData>?) {
        guard !values.isEmpty else { return (0, nil) }
        let copies = room(for: ProtobufCBinaryData.self, count: values.count)
        for index in values.indices {
            (copies + index).initialize(to: try text(values[index], message, field))
        }
        return (values.count, copies)
    }

    /// Byte arrays side by side.
    func byteArrays(_ values: [[UInt8]]) -> (Int, UnsafeMutablePointer<ProtobufCBinaryData>?) {
        numbers(values) { bytes($0) }
    }

    /// Numbers, booleans or enum values side by side, each as its C type.
    func numbers<Value, Member>(
        _ values: [Value], _ convert: (Value) -> Member
    ) -> (Int, UnsafeMutablePointer<Member>?) {
        guard !values.isEmpty else { return (0, nil) }
        let copies = room(for: Member.self, count: values.count)
        for index in values.indices {
            (copies + index).initialize(to: convert(values[index]))
        }
        return (values.count, copies)
    }

    private func copyUnlessNUL(_ utf8: UnsafeBufferPointer<UInt8>) -> ProtobufCBinaryData? {
        TextScan.of(utf8) == .holdsNUL ? nil : copy(utf8)
    }

    private func copy(_ bytes: UnsafeBufferPointer<UInt8>) -> ProtobufCBinaryData {
        guard let source = bytes.baseAddress, !bytes.isEmpty else { return ProtobufCBinaryData() }
        let target = room(for: UInt8.self, count: bytes.count)
        target.initialize(from: source, count: bytes.count)
        return ProtobufCBinaryData(len: bytes.count, data: target)
    }
}
