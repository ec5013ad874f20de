import Logging

/// Opens and closes the ways to the plugins' processes.
extension Fleet {
    /// Calls may go to this process.
    func open(_ id: String, _ number: Int) {
        guard let process = members[id]?.processes[number], let link = process.link else { return }
        if let clash = router.table.claim(process.services, by: id) {
            log.error("\(clash)", metadata: ["plugin": "\(id)"])
        }
        let routes = router.routes[id] ?? PluginRoutes()
        router.routes[id] = routes
        let route =
            routes.route(process.instance, number)
            ?? WorkerRoute(plugin: id, link: link) { [self] failed in
                members[id]?.calls += 1
                if failed { members[id]?.failedCalls += 1 }
            }
        routes.add(route, instance: process.instance, incarnation: number)
        members[id]?.processes[number]?.isOpen = true
        router.table.set(.open(incarnation: number), of: id)
    }

    /// No new calls to this process; open ones go on.
    func pause(_ id: String, _ number: Int) {
        guard let process = members[id]?.processes[number] else { return }
        members[id]?.processes[number]?.isOpen = false
        router.routes[id]?.close(process.instance, number)
        if members[id]?.processes.values.contains(where: \.isOpen) != true {
            router.table.set(.closed(.draining, reason: ""), of: id)
        }
    }

    /// No new calls, and word when the open ones have ended.
    func close(_ id: String, _ number: Int) {
        guard let process = members[id]?.processes[number] else { return }
        pause(id, number)
        guard let routes = router.routes[id] else { return feed(id, .idle(number)) }
        routes.onIdle(process.instance, number) { [self] in feed(id, .idle(number)) }
    }

    func cancelCalls(_ id: String, _ number: Int) {
        guard let process = members[id]?.processes[number] else { return }
        router.routes[id]?.abortAll(
            process.instance, number, process.isLost ? .workerLost(id) : .drained(id))
    }

    /// The process is gone: so is the way to it.
    func forgetRoute(_ id: String, _ number: Int) {
        guard let process = members[id]?.processes[number] else { return }
        router.routes[id]?.remove(process.instance, number)
        if router.routes[id]?.isEmpty == true { router.routes[id] = nil }
    }

    /// Calls that this process has.
    func callsInFlight(_ id: String, _ number: Int) -> Int {
        guard let process = members[id]?.processes[number] else { return 0 }
        return router.routes[id]?.route(process.instance, number)?.openCalls ?? 0
    }
}
