public import WorkerKit

internal import Wire

/// The emulation worker: points by the plan's table, ranks, score sheets, grades and proposals.
public enum EmulationService {
    /// Registers `caodiem.emulation.v1.Emulation`.
    public static func register(in services: inout WorkerServices) {
        typealias Emulation = EmulationV1.Emulation
        services.unary(Emulation.rank, RankHandler.rank)
        services.unary(Emulation.sheet, SheetHandlers.sheet)
        services.mutation(Emulation.submit, SheetHandlers.submit)
        services.mutation(Emulation.review, SheetHandlers.review)
        services.mutation(Emulation.decide, SheetHandlers.decide)
        services.mutation(Emulation.object, ObjectionHandlers.object)
        services.mutation(Emulation.answerObjection, ObjectionHandlers.answer)
        services.unary(Emulation.grades, GradeHandlers.grades)
        services.mutation(Emulation.propose, ProposalHandlers.propose)
        services.mutation(Emulation.decideProposal, ProposalHandlers.decide)
        services.unary(Emulation.proposals, ProposalHandlers.proposals)
        services.unary(Emulation.simulate, SimulationHandler.simulate)
        services.unary(Emulation.fairness, FairnessHandler.fairness)
        services.unary(Emulation.refusals, RefusalHandler.refusals)
    }
}
