internal import Transport
internal import Wire

/// How the fleet is: each plugin, and what happened last.
enum FleetPage {
    @Sendable
    static func make(_ visit: Visit, _ site: Site) async throws(Failure) -> PageContent {
        // Asked each time: the fleet's state is no matter of the store's changes.
        let status = try await site.fleet.coordinator.unary(
            AdminV1.Admin.status, AdminV1.StatusRequest(), timeout: .seconds(5),
            metadata: visit.visitor.metadata)
        let events = await events(visit, site)
        return PageContent(title: visit("Vận hành", "Fleet"), section: "fleet") { page in
            page.tag(.p, .class("figure")) { page in
                page.tag(.span, .class("state \(status.ready ? "met" : "missed")")) { page in
                    Icons.icon(status.ready ? "met" : "missed", &page)
                    page.text(
                        status.ready
                            ? visit("Mọi thành phần sẵn sàng", "Every plugin is ready")
                            : visit("Có thành phần chưa sẵn sàng", "Not every plugin is ready"))
                }
            }
            page.facts([
                (visit("Phiên bản", "Version"), status.software),
                (
                    visit("Đã chạy", "Running for"),
                    visit.language.duration(seconds: status.uptimeSeconds)
                ),
                (
                    visit("Giao thức", "Protocol"),
                    "CDP \(status.protocol >> 16).\(status.protocol & 0xFFFF)"
                ),
                (visit("Lược đồ kho", "Store schema"), String(status.storeSchema)),
                (
                    visit("Theo dõi thay đổi", "Following changes"),
                    site.fleet.changes.isLive ? visit("có", "yes") : visit("mất liên lạc", "lost")
                ),
            ])
            plugins(&page, visit, status)
            history(&page, visit, events)
        }
    }

    private static func events(_ visit: Visit, _ site: Site) async -> [AdminV1.Event] {
        var told: [AdminV1.Event] = []
        do throws(Failure) {
            try await site.fleet.coordinator.serverStream(
                AdminV1.Admin.watchEvents, .with { $0.limit = 20 }, timeout: .seconds(5),
                metadata: visit.visitor.metadata
            ) { told += $0.events }
        } catch {
            // A reader without that right sees the plugins alone.
        }
        return told.reversed()
    }

    private static func plugins(
        _ page: inout Markup, _ visit: Visit, _ status: AdminV1.StatusReply
    ) {
        let title = visit("Các thành phần", "Plugins")
        page.tag(.section, .aria(.labelledby, "plugins")) { page in
            page.tag(.h2, .id("plugins"), text: title)
            page.table(title, "titled") { page in
                page.tag(.thead) { page in
                    page.tag(.tr) { page in
                        page.column(visit("Thành phần", "Plugin"))
                        page.column(visit("Tình trạng", "State"))
                        page.column(visit("Tiến trình", "Process"), number: true)
                        page.column(visit("Khởi động lại", "Restarts"), number: true)
                        page.column(visit("Đã chạy", "Running for"), number: true)
                        page.column(visit("Lý do", "Reason"))
                    }
                }
                page.tag(.tbody) { page in
                    for plugin in status.plugins { row(&page, visit, plugin) }
                }
            }
        }
    }

    private static func row(
        _ page: inout Markup, _ visit: Visit, _ plugin: AdminV1.PluginSummary
    ) {
        page.tag(.tr) { page in
            page.tag(.th, .scope(.row), text: plugin.id)
            page.tag(.td) { page in
                let style =
                    switch plugin.state {
                    case "READY": "met"
                    case "DISABLED": "none"
                    case "INVALID", "QUARANTINED", "BACKOFF": "missed"
                    default: "running"
                    }
                page.tag(.span, .class("state \(style) small")) { page in
                    Icons.icon(style, &page)
                    page.text(plugin.state)
                }
            }
            page.cell(plugin.pid > 0 ? String(plugin.pid) : "", number: true)
            page.cell(visit.language.count(Int(plugin.restarts)), number: true)
            page.cell(visit.language.duration(seconds: plugin.uptimeSeconds), number: true)
            page.cell(plugin.reason)
        }
    }

    private static func history(
        _ page: inout Markup, _ visit: Visit, _ events: [AdminV1.Event]
    ) {
        guard !events.isEmpty else { return }
        let title = visit("Sự kiện gần đây", "Latest events")
        page.tag(.section, .aria(.labelledby, "history")) { page in
            page.tag(.h2, .id("history"), text: title)
            page.table(title, "titled") { page in
                page.tag(.thead) { page in
                    page.tag(.tr) { page in
                        page.column(visit("Lúc", "At"))
                        page.column(visit("Thành phần", "Plugin"))
                        page.column(visit("Sự kiện", "Event"))
                        page.column(visit("Lý do", "Reason"))
                    }
                }
                page.tag(.tbody) { page in
                    for event in events {
                        page.tag(.tr) { page in
                            page.tag(
                                .th, .scope(.row),
                                text: visit.language.moment(milliseconds: event.atMilliseconds))
                            page.cell(event.plugin)
                            page.cell(event.event)
                            page.cell(event.reason)
                        }
                    }
                }
            }
        }
    }
}
