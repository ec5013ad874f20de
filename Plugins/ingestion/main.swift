import IngestionWorker
import WorkerKit

await Worker.run(name: "ingestion", services: IngestionService.register)
