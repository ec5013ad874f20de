import ScoringWorker
import WorkerKit

await Worker.run(name: "scoring", services: ScoringService.register)
