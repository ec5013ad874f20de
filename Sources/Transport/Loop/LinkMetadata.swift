public import Wire

extension Link {
    /// Ends an accepted call: nil is OK. Metadata that the caller does not take make it
    /// RESOURCE_EXHAUSTED.
    public func finish(
        _ stream: StreamID, _ failure: Failure?, metadata: [WireV1.MetadataEntry] = []
    ) {
        do throws(Failure) {
            try connection.checkSentMetadata(metadata)
            finish(stream, trailers: Failure.trailers(failure, metadata: metadata)[...])
        } catch {
            finish(stream, trailers: Failure.trailers(failure ?? error)[...])
        }
    }

    /// `ResponseHeaders` for `sendHeaders`.
    ///
    /// - Throws: RESOURCE_EXHAUSTED when the peer takes less.
    func encodedInitialMetadata(
        _ entries: [WireV1.MetadataEntry]
    ) throws(Failure) -> [UInt8] {
        try connection.checkSentMetadata(entries)
        do throws(EncodingFailure) {
            return try WireV1.ResponseHeaders.with { $0.metadata = entries }.encoded()
        } catch {
            throw Failure(.internal, "initial metadata do not encode: \(error)")
        }
    }

    /// The metadata of a peer's `ResponseHeaders`.
    func initialMetadata(
        _ encoded: ArraySlice<UInt8>
    ) throws(Failure) -> [WireV1.MetadataEntry] {
        let headers: WireV1.ResponseHeaders
        do throws(DecodingFailure) {
            headers = try WireV1.ResponseHeaders(decoding: encoded)
        } catch {
            throw Failure(.internal, "the peer's initial metadata do not decode: \(error)")
        }
        try connection.checkReceivedMetadata(headers.metadata)
        return headers.metadata
    }

    /// A peer's TRAILERS, their metadata checked.
    func trailers(_ encoded: ArraySlice<UInt8>) throws(Failure) -> WireV1.Trailers {
        let trailers: WireV1.Trailers
        do throws(DecodingFailure) {
            trailers = try WireV1.Trailers(decoding: encoded)
        } catch {
            throw Failure(.internal, "the peer's TRAILERS do not decode: \(error)")
        }
        try connection.checkReceivedMetadata(trailers.metadata)
        return trailers
    }
}
