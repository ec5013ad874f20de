import Reflection
import Wire

/// The services that a fleet serves, and their definitions.
struct FleetDefinitions: Sendable {
    /// Full names, sorted.
    let services: [String]
    let definitions: DescriptorSet

    /// Asks the coordinator's reflection; a coordinator without it has our own definitions.
    static func ask(_ session: Session, seconds: Int) async throws -> FleetDefinitions {
        do throws(Failure) {
            let names = try await services(session, seconds)
            let files = try await files(of: names, session, seconds)
            return FleetDefinitions(services: names, definitions: try definitions(files))
        } catch {
            guard error.code == .unimplemented else { throw error }
            return try builtIn()
        }
    }

    /// The definitions that this program was built with.
    static func builtIn() throws(Failure) -> FleetDefinitions {
        let definitions: DescriptorSet
        do throws(ReflectionFailure) {
            definitions = try DescriptorSet(encoded: Descriptors.fileSet)
        } catch {
            throw Failure(.internal, error.message)
        }
        return FleetDefinitions(services: definitions.serviceNames, definitions: definitions)
    }

    private static func services(
        _ session: Session, _ seconds: Int
    ) async throws(Failure) -> [String] {
        let replies = try await ask(session, [.listServices("*")], seconds)
        guard case .listServicesResponse(let list)? = replies.first?.messageResponse else {
            throw unclear
        }
        return list.service.map(\.name).sorted()
    }

    /// A service without a definition is left out; it is named when someone asks for it.
    private static func files(
        of services: [String], _ session: Session, _ seconds: Int
    ) async throws(Failure) -> [[UInt8]] {
        let questions = services.map(Question.fileContainingSymbol)
        var files: Set<[UInt8]> = []
        for reply in try await ask(session, questions, seconds) {
            guard case .fileDescriptorResponse(let found)? = reply.messageResponse else { continue }
            files.formUnion(found.fileDescriptorProto)
        }
        guard files.count <= Limits.reflectedFiles else { throw unclear }
        return Array(files)
    }

    private static func definitions(_ files: [[UInt8]]) throws(Failure) -> DescriptorSet {
        do throws(ReflectionFailure) {
            return try DescriptorSet(files: files)
        } catch {
            throw Failure(
                .internal, "the fleet's definitions do not fit together: \(error.message)",
                hint: error.hint)
        }
    }

    private typealias Question = ReflectionV1.ServerReflectionRequest.MessageRequest

    private static func ask(
        _ session: Session, _ questions: [Question], _ seconds: Int
    ) async throws(Failure) -> [ReflectionV1.ServerReflectionResponse] {
        var requests: [[UInt8]] = []
        for question in questions {
            let request = ReflectionV1.ServerReflectionRequest.with { $0.messageRequest = question }
            do throws(EncodingFailure) {
                requests.append(try request.encoded())
            } catch {
                throw Failure(.internal, "\(error)")
            }
        }
        let path = ReflectionV1.ServerReflection.serverReflectionInfo.path
        let replies = Replies()
        try await session.exchange(EncodedCall(path: path, requests: requests, seconds: seconds)) {
            bytes async throws(Failure) in
            do throws(DecodingFailure) {
                await replies.add(try ReflectionV1.ServerReflectionResponse(decoding: bytes))
            } catch {
                throw unclear
            }
        }
        return await replies.all
    }

    private static var unclear: Failure {
        Failure(.internal, "the coordinator's reflection gives no sound answer")
    }

    private actor Replies {
        private(set) var all: [ReflectionV1.ServerReflectionResponse] = []
        func add(_ reply: ReflectionV1.ServerReflectionResponse) { all.append(reply) }
    }
}
