import AuctionWorker
import WorkerKit

await Worker.run(name: "auction", services: AuctionService.register)
