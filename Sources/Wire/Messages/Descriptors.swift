import CMessages

/// The definitions of all messages and services, as reflection serves them.
public enum Descriptors {
    /// The encoded `google.protobuf.FileDescriptorSet` of `Protos`, without comments; the same bytes
    /// as `Protos/descriptors.binpb`.
    ///
    /// Nothing here decodes it with protobuf-c: a `DescriptorProto` holds itself, and protobuf-c
    /// unpacks by recursion without a limit.
    public static var fileSet: [UInt8] {
        var size = 0
        let start = caodiem_descriptor_set(&size)
        return [UInt8](UnsafeBufferPointer(start: start, count: size))
    }
}
