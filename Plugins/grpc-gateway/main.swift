import GRPCGatewayWorker
import WorkerKit

await Worker.run(name: "grpc-gateway", body: GatewayBody())
