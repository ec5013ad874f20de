import Testing
import Wire

/// The table of methods, against what the protos say.
@Suite struct MessagesMethodTests {
    @Test func aMethodKnowsItsPathKindAndRetries() {
        let score = ScoringV1.Scoring.score
        #expect(score.path == "/caodiem.scoring.v1.Scoring/Score")
        #expect(score.kind == .unary)
        #expect(score.idempotency == .noSideEffects)
        #expect(ScoringV1.Scoring.explain.kind == .serverStreaming)
        #expect(IngestionV1.Ingestion.begin.idempotency == .unknown)
        #expect(!IngestionV1.Ingestion.begin.idempotency.allowsRetry)
        #expect(IngestionV1.Ingestion.append.idempotency.allowsRetry)
    }

    @Test func pathsStartWithTheServicesName() {
        let services = [
            (AdminV1.Admin.serviceName, AdminV1.Admin.all),
            (AuctionV1.Auction.serviceName, AuctionV1.Auction.all),
            (CampaignV1.Campaign.serviceName, CampaignV1.Campaign.all),
            (CaseworkV1.Casework.serviceName, CaseworkV1.Casework.all),
            (ConformanceV1.Conformance.serviceName, ConformanceV1.Conformance.all),
            (ConformanceV1.Fault.serviceName, ConformanceV1.Fault.all),
            (EmulationV1.Emulation.serviceName, EmulationV1.Emulation.all),
            (HealthV1.Health.serviceName, HealthV1.Health.all),
            (IngestionV1.Ingestion.serviceName, IngestionV1.Ingestion.all),
            (PluginV1.Plugin.serviceName, PluginV1.Plugin.all),
            (ReflectionV1.ServerReflection.serviceName, ReflectionV1.ServerReflection.all),
            (ScoringV1.Scoring.serviceName, ScoringV1.Scoring.all),
        ]
        for (name, methods) in services {
            #expect(!methods.isEmpty)
            #expect(methods.allSatisfy { $0.path.hasPrefix("/\(name)/") })
            #expect(Set(methods.map(\.path)).count == methods.count)
        }
    }

    @Test func standardServicesHaveTheirStandardPaths() {
        #expect(
            HealthV1.Health.all.map(\.path) == [
                "/grpc.health.v1.Health/Check", "/grpc.health.v1.Health/List",
                "/grpc.health.v1.Health/Watch",
            ])
        let info = ReflectionV1.ServerReflection.serverReflectionInfo
        #expect(info.path == "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo")
        #expect(info.kind == .bidirectional)
    }

    @Test func anErasedMethodKeepsItsTypes() {
        let erased = CampaignV1.Campaign.apply.erased
        #expect(erased.path == CampaignV1.Campaign.apply.path)
        #expect(erased.request.messageName == "caodiem.campaign.v1.ApplyRequest")
        #expect(erased.reply.messageName == "caodiem.campaign.v1.ApplyReply")
    }
}
