import EmulationWorker
import WorkerKit

await Worker.run(name: "emulation", services: EmulationService.register)
