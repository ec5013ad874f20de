internal import Digests
internal import Store
internal import Wire
internal import WorkerKit

/// A whole import in one call: the files are taken in as they come, then applied as by Commit.
enum UploadHandler {
    @Sendable
    static func upload(
        _ next: @Sendable () async throws(Failure) -> IngestionV1.UploadRequest?,
        _ call: WorkerCall,
        _ send: @Sendable (IngestionV1.CommitEvent) async throws(Failure) -> Void
    ) async throws(Failure) {
        guard case .begin(var offer)? = try await next()?.part else {
            throw Failure(
                .invalidArgument, "the first message of an upload carries no offer",
                field: "begin", hint: "send begin, then the files' bytes")
        }
        let files = try IngestionTranslation.files(of: offer)
        _ = try IngestionTranslation.options(of: offer, call.context)
        let spool = Spool(folder: call.context.spoolFolder)
        let id: String
        do {
            id = try spool.begin(
                offer: try offer.encoded(),
                atMilliseconds: call.stamp.receivedAtMilliseconds)
        } catch {
            throw IngestionTranslation.failure(error)
        }
        do {
            var receiver = Receiver(files: files, spool: spool, id: id)
            while let request = try await next() {
                guard case .chunk(let bytes) = request.part else {
                    throw Failure(
                        .invalidArgument, "an upload has one offer, and it comes first",
                        field: "begin", hint: "send only chunks after it")
                }
                try receiver.take(bytes)
                if receiver.isReportDue {
                    let progress = receiver.progress()
                    try await send(.with { $0.event = .progress(progress) })
                }
            }
            let digests = try receiver.finish()
            for (number, digest) in digests.enumerated() { offer.files[number].sha256 = digest }
            try spool.replaceOffer(id, try offer.encoded())
        } catch {
            spool.remove(id)
            throw IngestionTranslation.failure(error)
        }
        try await IngestionService.commit(.with { $0.importID = id }, call, isHashed: true, send)
    }

    /// Cuts the stream of bytes into the files that were offered.
    private struct Receiver {
        private let files: [OfferedFile]
        private let spool: Spool
        private let id: String
        private var file = 0
        private var writer: SpoolWriter?
        private var digests: [String] = []
        private var received: UInt64 = 0
        private var reported: UInt64 = 0

        /// Bytes between two reports of progress.
        private static let reportBytes: UInt64 = 4 << 20

        init(files: [OfferedFile], spool: Spool, id: String) {
            self.files = files
            self.spool = spool
            self.id = id
        }

        var isReportDue: Bool { received - reported >= Receiver.reportBytes }

        mutating func progress() -> IngestionV1.Progress {
            reported = received
            return .with {
                $0.phase = "receiving"
                $0.done = received
                $0.total = files.reduce(0) { $0 + $1.size }
            }
        }

        mutating func take(_ bytes: [UInt8]) throws {
            guard bytes.count <= Spool.Limits.chunk else {
                throw Failure(
                    .invalidArgument, "a chunk of \(bytes.count) bytes", field: "chunk",
                    hint: "send at most \(Spool.Limits.chunk) bytes at a time")
            }
            var rest = bytes[...]
            while !rest.isEmpty {
                try closeFull()
                guard file < files.count else {
                    throw Failure(
                        .invalidArgument, "more bytes came than the files' announced sizes",
                        field: "chunk", hint: "begin again with the files' true sizes")
                }
                let writer = try self.writer ?? spool.writer(id, file: files[file].part)
                self.writer = writer
                let part = rest.prefix(Int(clamping: files[file].size - writer.size))
                try writer.write(part)
                received += UInt64(part.count)
                rest = rest.dropFirst(part.count)
            }
        }

        /// The digests of the files, all of which must be whole.
        mutating func finish() throws -> [String] {
            try closeFull()
            guard file == files.count else {
                throw Failure(
                    .invalidArgument,
                    "\(files[file].name): \(writer?.size ?? 0) of \(files[file].size) bytes came",
                    field: "chunk", hint: "send each file to its announced size")
            }
            return digests
        }

        /// Closes the file that is full, and those after it that are empty.
        private mutating func closeFull() throws {
            while file < files.count, (writer?.size ?? 0) == files[file].size {
                let digest = writer?.digest() ?? SHA256Hasher().hex()
                let offered = files[file].sha256
                guard offered.isEmpty || offered == digest else {
                    throw Failure(
                        .dataLoss,
                        "\(files[file].name): the bytes that came are not those announced",
                        field: "sha256", hint: "send it again; the file may have changed meanwhile")
                }
                digests.append(digest)
                writer = nil
                file += 1
            }
        }
    }
}
