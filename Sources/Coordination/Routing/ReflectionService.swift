import Reflection
import Transport
import Wire

/// `grpc.reflection.v1.ServerReflection`: which services the fleet serves, and their definitions.
struct ReflectionService: Sendable {
    let router: Router
    let loop: Loop
    let definitions: ReflectionDefinitions

    func table() -> ServiceTable {
        var table = ServiceTable()
        table.registerBidirectional(
            ReflectionV1.ServerReflection.serverReflectionInfo
        ) { requests, _, writer in
            while let request = try await requests.next() {
                try await writer.write(await reply(to: request))
            }
        }
        return table
    }

    private func reply(
        to request: ReflectionV1.ServerReflectionRequest
    ) async -> ReflectionV1.ServerReflectionResponse {
        var reply = ReflectionV1.ServerReflectionResponse()
        reply.validHost = request.host
        reply.originalRequest = request
        reply.messageResponse = await answer(to: request.messageRequest)
        return reply
    }

    private func answer(
        to request: ReflectionV1.ServerReflectionRequest.MessageRequest?
    ) async -> ReflectionV1.ServerReflectionResponse.MessageResponse {
        switch request {
        case .listServices:
            let names = await loop.run { [router] in router.table.serviceNames }
            return .listServicesResponse(
                .with {
                    $0.service = names.map { name in .with { $0.name = name } }
                })
        case .fileByFilename(let name):
            let all = await definitionsNow()
            return files(all.file(named: name), of: all, "no file \(name.prefix(200))")
        case .fileContainingSymbol(let name):
            let all = await definitionsNow()
            return files(
                all.file(defining: name), of: all, "no definition of \(name.prefix(200))")
        case .fileContainingExtension, .allExtensionNumbersOfType:
            return refusal(.notFound, "proto3 has no extensions")
        case nil:
            return refusal(.invalidArgument, "the request asks for nothing")
        }
    }

    private func definitionsNow() async -> DescriptorSet {
        await loop.run { [definitions] in definitions.all }
    }

    /// A file with all that it imports, so that one answer is enough.
    private func files(
        _ file: FileDescriptor?, of all: DescriptorSet, _ missing: String
    ) -> ReflectionV1.ServerReflectionResponse.MessageResponse {
        guard let file else { return refusal(.notFound, missing) }
        return .fileDescriptorResponse(
            .with {
                $0.fileDescriptorProto = all.closure(of: file).map(\.encoded)
            })
    }

    private func refusal(
        _ code: StatusCode, _ message: String
    ) -> ReflectionV1.ServerReflectionResponse.MessageResponse {
        .errorResponse(
            .with {
                $0.errorCode = Int32(code.rawValue)
                $0.errorMessage = message
            })
    }
}
