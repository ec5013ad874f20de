/// Keeps a page up to date while it is open: listens for changes of the store and puts the new page's content in the
/// place of the old one. Without it the page is the same, only that it is as old as its loading.
enum LiveScript {
    static let text = #"""
        "use strict";
        (() => {
          const body = document.body;
          if (!body.dataset.live || !("EventSource" in window)) return;
          const english = document.documentElement.lang === "en";
          const words = english
            ? { live: " · live", lost: " · connection lost" }
            : { live: " · trực tiếp", lost: " · mất kết nối" };
          let connection = "";
          let timer = 0;
          let isLoading = false;
          let isWanted = false;

          const basis = () => document.getElementById("live");
          const mark = (node) => {
            const old = node.querySelector(".connection");
            if (old) old.remove();
            if (!connection) return;
            const span = document.createElement("span");
            span.className = "connection " + connection;
            span.textContent = words[connection];
            node.append(span);
          };
          const connected = (state) => {
            if (connection === state) return;
            connection = state;
            mark(basis());
          };

          // A reader who is writing or has chosen something is not disturbed.
          const isBusy = () => {
            const focus = document.activeElement;
            return focus && focus.closest("main form, .tools form") && focus.matches("input, select");
          };

          const replace = (text) => {
            const next = new DOMParser().parseFromString(text, "text/html");
            const main = document.querySelector("main");
            const fresh = next.querySelector("main");
            if (!fresh || !next.body.dataset.live) return location.reload();
            const open = [...main.querySelectorAll("details")].map((one) => one.open);
            const id = document.activeElement && document.activeElement.id;
            const href = document.activeElement && document.activeElement.getAttribute("href");
            const across = [...main.querySelectorAll(".scroll")].map((one) => one.scrollLeft);
            main.replaceChildren(...fresh.childNodes);
            [...main.querySelectorAll("details")].forEach((one, at) => { one.open = open[at] || false; });
            [...main.querySelectorAll(".scroll")].forEach((one, at) => { one.scrollLeft = across[at] || 0; });
            const again = (id && document.getElementById(id))
              || (href && [...main.querySelectorAll("a")].find((one) => one.getAttribute("href") === href));
            if (again && main.contains(again)) again.focus({ preventScroll: true });
            const told = next.getElementById("live");
            if (told && told.textContent !== basis().textContent) {
              basis().textContent = told.textContent;
              mark(basis());
            }
            body.dataset.change = next.body.dataset.change;
            body.dataset.day = next.body.dataset.day;
            body.dataset.old = next.body.dataset.old;
          };

          const load = async () => {
            if (isLoading || isBusy()) { isWanted = true; return; }
            isLoading = true;
            isWanted = false;
            try {
              const reply = await fetch(location.href, { credentials: "same-origin", cache: "no-store" });
              if (reply.redirected && new URL(reply.url).pathname === "/sign-in") return location.reload();
              if (reply.ok) replace(await reply.text());
            } catch (problem) {
              connected("lost");
            } finally {
              isLoading = false;
            }
            if (body.dataset.old) plan(1500);
            else if (isWanted) plan(500);
          };
          const plan = (pause) => {
            clearTimeout(timer);
            timer = setTimeout(load, pause);
          };

          document.addEventListener("focusout", () => { if (isWanted) plan(300); });
          const source = new EventSource(body.dataset.live);
          source.addEventListener("open", () => connected("live"));
          source.addEventListener("error", () => connected("lost"));
          source.addEventListener("change", (event) => {
            const told = JSON.parse(event.data);
            if (String(told.change) !== body.dataset.change || told.day !== body.dataset.day) plan(300);
          });
          window.addEventListener("pagehide", () => source.close());
          window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
          if (body.dataset.old) plan(1500);
        })();

        """#
}
