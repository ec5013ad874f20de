import IngestionWorker
import WorkerKit

await Worker.run(
    name: "ingestion", settings: IngestionService.settings, services: IngestionService.register)
