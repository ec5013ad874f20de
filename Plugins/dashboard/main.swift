import DashboardWorker
import WorkerKit

await Worker.run(name: "dashboard", body: DashboardBody())
