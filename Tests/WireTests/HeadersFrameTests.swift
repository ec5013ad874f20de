import Testing

@testable import Wire

/// The short way to the HEADERS of a call gives the bytes of the long one.
struct HeadersFrameTests {
    private func short(_ headers: WireV1.CallHeaders) throws -> [UInt8] {
        var bytes: [UInt8] = [1, 2, 3]
        try bytes.appendCallHeaders(
            headers, timeoutNs: headers.timeoutNs, stream: StreamID(rawValue: 7))
        #expect(Array(bytes.prefix(3)) == [1, 2, 3])
        return Array(bytes.dropFirst(3))
    }

    private func long(_ headers: WireV1.CallHeaders) throws -> [UInt8] {
        let payload = try headers.encoded()[...]
        return Frame(.headers, stream: StreamID(rawValue: 7), payload: payload).encoded()
    }

    /// The samples have every field of the proto, one that is added later too.
    @Test func samplesAreTheSame() throws {
        let samples = codecSamples.compactMap { $0.value as? WireV1.CallHeaders }
        #expect(samples.count >= 2)
        for sample in samples { #expect(try short(sample) == long(sample)) }
    }

    @Test func anyHeadersAreTheSame() throws {
        var numbers = SeededNumbers(seed: 11)
        let letters: [Character] = ["a", "/", "Đ", "ồ", "€", "😀"]
        func text(_ most: Int) -> String {
            String(
                (0..<Int.random(in: 0...most, using: &numbers)).compactMap { _ in
                    letters.randomElement(using: &numbers)
                })
        }
        for _ in 0..<2000 {
            let headers = WireV1.CallHeaders.with {
                $0.path = text(60)
                $0.authority = text(3)
                $0.timeoutNs = numbers.next() >> UInt64.random(in: 0...64, using: &numbers)
                $0.encoding = text(2)
                $0.metadata = (0..<Int.random(in: 0...4, using: &numbers)).map { _ in
                    .with {
                        $0.key = text(70)
                        $0.value = [UInt8](
                            repeating: 0, count: Int.random(in: 0...200, using: &numbers))
                    }
                }
            }
            #expect(try short(headers) == long(headers))
        }
    }

    @Test(arguments: ["path", "authority", "encoding", "metadata"])
    func aNULIsNamedAndNothingIsAdded(_ field: String) {
        var headers = WireV1.CallHeaders.with { $0.path = "/a.B/C" }
        switch field {
        case "path": headers.path = "a\0b"
        case "authority": headers.authority = "a\0b"
        case "encoding": headers.encoding = "a\0b"
        default: headers.metadata = [.with { $0.key = "a\0b" }]
        }
        var bytes: [UInt8] = [9]
        let failure = #expect(throws: EncodingFailure.self) {
            try bytes.appendCallHeaders(headers, timeoutNs: 5, stream: StreamID(rawValue: 1))
        }
        #expect(failure?.message.contains(field == "metadata" ? "key" : field) == true)
        #expect(bytes == [9])
    }
}
