import CaseworkWorker
import WorkerKit

await Worker.run(name: "casework", services: CaseworkService.register)
