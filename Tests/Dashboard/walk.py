#!/usr/bin/env python3
"""Walks the board of a real fleet with headless Chromium, as a leader, a unit's clerk and a screen reader would.

  walk.py --binaries .build/release [--out FOLDER] [--keep]

Makes a small province, starts a fleet whose dashboard takes a free loopback port, and checks: the board and its figures against `caodiem score`,
the drill-down to a case, the language, the colours, an update while the page is open, the keyboard, what a phone shows, print, and axe-core's rules.
Screenshots stay in --out. Needs Debian's chromium and chromium-driver; selenium and axe-core-python (for the axe-core it carries) from PyPI.
"""
import argparse
import base64
import hashlib
import importlib.util
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

ROOT = pathlib.Path(__file__).resolve().parents[2]
DAY = "2021-04-20"
faults = []


def check(holds, what):
    print(("ok   " if holds else "FAIL ") + what, flush=True)
    if not holds:
        faults.append(what)


class Fleet:
    """A fleet of its own in a temporary folder."""

    def __init__(self, binaries, folder):
        self.binaries, self.folder = pathlib.Path(binaries).resolve(), pathlib.Path(folder)
        self.data = self.folder / "data"
        plugins = self.folder / "plugins"
        for manifest in (ROOT / "Plugins").glob("*/plugin.yaml"):
            (plugins / manifest.parent.name).mkdir(parents=True)
            shutil.copy(manifest, plugins / manifest.parent.name)
        shutil.copy(ROOT / "Plugins/access.yaml", plugins)
        own = plugins / "dashboard" / "plugin.yaml"
        text = "\n".join(line for line in own.read_text().splitlines() if not line.startswith("#"))
        text = re.sub(r"(?m)^config:\n(  .*\n?)+", "", text + "\n")
        own.write_text(text + "config:\n  listen: 127.0.0.1:0\n")
        self.log = open(self.folder / "coordinator.log", "wb")
        self.process = subprocess.Popen(
            [self.binaries / "caodiem-coordinator", "--data", self.data, "--plugins", plugins,
             "--law", ROOT / "Sources/LawBook/Law"], stdout=self.log, stderr=self.log)
        self.caodiem("status", "--wait", "--timeout", "60")

    def caodiem(self, *words):
        done = subprocess.run(
            [self.binaries / "caodiem", "--data", self.data, *words], capture_output=True,
            text=True)
        if done.returncode != 0:
            raise SystemExit(f"caodiem {' '.join(map(str, words))}: {done.stdout}{done.stderr}")
        return done.stdout

    def token(self, name, role, **scope):
        """A new access token; the fleet keeps its digest alone."""
        secret = os.urandom(32)
        message = {
            "name": name, "role": role, "scope": scope, "validSeconds": 3600,
            "sha256": base64.b64encode(hashlib.sha256(secret).digest()).decode()}
        self.caodiem("call", "Access.CreateToken", "--data", json.dumps(message))
        return "caodiem-token-" + secret.hex()

    def url(self):
        return (self.data / "run/board.url").read_text().strip()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(40)
        self.log.close()


class Browser:
    def __init__(self, url, out, width=1440, height=900, dark=False):
        options = Options()
        options.binary_location = shutil.which("chromium")
        for word in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                     "--disable-dev-shm-usage", "--lang=vi"):
            options.add_argument(word)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(
            options=options, service=Service(shutil.which("chromedriver")))
        self.command("Emulation.setDeviceMetricsOverride", width=width, height=height,
                     deviceScaleFactor=1, mobile=width < 500)
        self.command("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
        self.base, self.out = url.rstrip("/"), out

    def command(self, name, **values):
        return self.driver.execute_cdp_cmd(name, values)

    def open(self, path):
        self.driver.get(self.base + path)
        return self

    def until(self, what, seconds=15):
        end = time.time() + seconds
        while time.time() < end:
            try:
                found = what()
                if found:
                    return found
            except Exception:  # the page is being renewed
                pass
            time.sleep(0.1)
        return None

    def text(self):
        return self.driver.execute_script("return document.body.innerText")

    def one(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def shot(self, name):
        got = self.command("Page.captureScreenshot", format="png", captureBeyondViewport=True)
        (self.out / f"{name}.png").write_bytes(base64.b64decode(got["data"]))

    def pdf(self, name):
        got = self.command("Page.printToPDF", preferCSSPageSize=True)
        (self.out / f"{name}.pdf").write_bytes(base64.b64decode(got["data"]))

    def complaints(self):
        return [entry for entry in self.driver.get_log("browser")
                if entry["level"] == "SEVERE" and "favicon" not in entry["message"]]

    def close(self):
        self.driver.quit()


def axe_source():
    """The text of axe-core, out of a package that carries it."""
    spec = importlib.util.find_spec("axe_core_python")
    return (pathlib.Path(spec.origin).parent / "axe.min.js").read_text() if spec else None


def axe(browser, source, name):
    """axe-core's rules of WCAG 2 A and AA on the page that is open.

    Pages allow no script but their own, so it is run by the debugger."""
    browser.command("Runtime.evaluate", expression=source)
    got = browser.command(
        "Runtime.evaluate", awaitPromise=True, returnByValue=True,
        expression="axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice']})"
        ".then(r => JSON.stringify(r.violations.map(v => [v.id, v.impact, v.nodes.length, v.nodes[0].html])))")
    found = json.loads(got["result"]["value"])
    check(not found, f"axe-core finds nothing on {name}: {found}")


def score(fleet, *words):
    return json.loads(fleet.caodiem("--format", "json", "score", "--as-of", DAY, *words))


def walk_board(browser, fleet, source):
    browser.open(f"/?day={DAY}")
    board = score(fleet)
    rows = browser.all("table.board tbody tr")
    check(len(rows) == len(board["units"]), f"the board has a row a unit ({len(rows)})")
    shown = [cell.text for cell in browser.all("table.board tbody tr:first-child .rate")]
    wanted = []
    for target in board["units"][0]["targets"]:
        if target["state"] != "not_applicable":
            numerator, denominator = target["numerator"], target["denominator"]
            tenths = (numerator * 2000 + denominator) // (2 * denominator)
            wanted.append(f"{tenths // 10},{tenths % 10}%")
    check(shown == wanted, f"its figures are those of caodiem score: {shown} {wanted}")
    check(browser.one("html").get_attribute("lang") == "vi", "it is Vietnamese first")
    axe(browser, source, "the board")
    browser.shot("board")
    browser.pdf("board")
    return board


def walk_down(browser, source):
    """Target, unit, case."""
    browser.one("table.board thead th:nth-child(2) a").click()
    check("/target?" in browser.driver.current_url, "a heading leads to its target")
    browser.until(lambda: len(browser.all("svg .point")) >= 8)
    check(len(browser.all("svg .point")) >= 8, "the target has a chart with its points")
    axe(browser, source, "a target")
    browser.shot("target")
    browser.one("table.wide tbody th a").click()
    check("/cases?" in browser.driver.current_url, "a unit leads to its cases")
    words = browser.text()
    check("Đã đạt" in words and "Căn cứ" in words, "cases say whether they count, and why")
    axe(browser, source, "the cases")
    browser.shot("cases")
    link = browser.one("table.wide tbody th a")
    number = link.text
    link.click()
    check(browser.one("h1").text == number, f"a case has a page of its own ({number})")
    check("Diễn biến" in browser.text(), "with what happened")
    axe(browser, source, "a case")
    browser.shot("case")


def walk_sections(browser, source):
    for path, name in (("auction", "auction"), ("worklist", "worklist"), ("ranking", "ranking"),
                       ("fleet", "fleet"), ("unit?unit=TPST", "unit")):
        mark = "&" if "?" in path else "?"
        browser.open(f"/{path}{mark}day={DAY}")
        check(len(browser.all("table tbody tr")) > 0, f"{name} has rows")
        axe(browser, source, name)
        browser.shot(name)


def walk_choices(browser):
    browser.open(f"/?day={DAY}")
    browser.one(".choice[lang=en]").click()
    check(browser.one("html").get_attribute("lang") == "en", "English is a choice")
    check("Board" in browser.one("h1").text and f"day={DAY}" in browser.driver.current_url,
          "which keeps the page and its day")
    browser.open("/ranking")
    check(browser.one("h1").text == "Ranking", "and stays")
    browser.one(".choice[lang=vi]").click()
    browser.open(f"/?day={DAY}")
    before = browser.driver.execute_script("return getComputedStyle(document.body).backgroundColor")
    browser.all(".choice")[1].click()
    after = browser.driver.execute_script("return getComputedStyle(document.body).backgroundColor")
    check(before != after, "dark is a choice")
    browser.open("/?theme=auto")


def walk_keyboard(browser):
    browser.open(f"/?day={DAY}")
    browser.one("body").send_keys(Keys.TAB)
    focus = browser.driver.switch_to.active_element
    check("skip" in (focus.get_attribute("class") or ""), "the first stop is the skip link")
    focus.send_keys(Keys.ENTER)
    check(browser.driver.switch_to.active_element.get_attribute("id") == "main",
          "which leads to the content")
    seen = set()
    for _ in range(30):
        browser.driver.switch_to.active_element.send_keys(Keys.TAB)
        focus = browser.driver.switch_to.active_element
        seen.add(focus.tag_name)
        outline = browser.driver.execute_script(
            "return getComputedStyle(arguments[0]).outlineStyle", focus)
        if outline == "none":
            check(False, f"focus shows on {focus.get_attribute('outerHTML')[:80]}")
            break
    check({"a", "input", "select", "button"} <= seen, f"links and fields are stops ({seen})")


def walk_targets_of_touch(browser):
    small = browser.driver.execute_script("""
        return [...document.querySelectorAll('button, input:not([type=hidden]), select, nav a, .choice')]
          .map(e => [e.getBoundingClientRect(), e.outerHTML.slice(0, 60)])
          .filter(([r]) => r.width > 0 && (r.width < 24 || r.height < 24)).map(([, html]) => html)""")
    check(not small, f"targets are 24 px at least: {small}")


def walk_live(browser, fleet, folder):
    """A change of the store while the page is open."""
    browser.open(f"/?day={DAY}")
    check(browser.until(lambda: "trực tiếp" in browser.one("#live").text) is not None,
          "the page is told of changes")
    before = browser.one("body").get_attribute("data-change")
    old = [cell.text for cell in browser.all(".rate")]
    unit = next(u for u in score(fleet)["units"]
                if any(t["id"] == "old_resolved_money" and t["denominator"] > 0 for t in u["targets"]))
    cases = json.loads(fleet.caodiem(
        "--format", "json", "score", "explain", "--target", "old_resolved_money", "--unit",
        unit["unit"], "--as-of", DAY))["cases"]
    case = next(c for c in cases if c["denominator"] > c["numerator"])
    payments = folder / "payments.csv"
    payments.write_text(
        "unit_code,decision_no,receipt_no,paid_on,amount,source\n"
        f"{unit['unit']},{case['decision_no']},BL-TRUC-TIEP,2021-04-19,"
        f"{max(1, (case['denominator'] - case['numerator']) // 2)},voluntary\n")
    began = time.time()
    fleet.caodiem("import", payments)
    moved = browser.until(
        lambda: browser.one("body").get_attribute("data-change") != before
        and [cell.text for cell in browser.all(".rate")] != old)
    check(moved is not None, f"an import shows by itself ({time.time() - began:.1f} s)")


def walk_phone(url, out, source, token):
    browser = Browser(url, out, width=390, height=844)
    sign_in(browser, token)
    for path, name in (("/", "phone-board"), ("/auction", "phone-auction"),
                       ("/cases?target=large_value_seized&unit=TPST", "phone-cases")):
        browser.open(path + ("&" if "?" in path else "?") + f"day={DAY}")
        wide = browser.driver.execute_script("return document.documentElement.scrollWidth")
        check(wide <= 390, f"{name} does not scroll sideways ({wide})")
        axe(browser, source, name)
        browser.shot(name)
    walk_targets_of_touch(browser)
    browser.close()


def walk_dark(url, out, source, token):
    browser = Browser(url, out, dark=True)
    sign_in(browser, token)
    for path, name in (("/", "dark-board"), ("/cases?target=old_resolved_money&unit=TPST", "dark-cases")):
        browser.open(path + ("&" if "?" in path else "?") + f"day={DAY}")
        axe(browser, source, name)
        browser.shot(name)
    browser.close()


def sign_in(browser, token):
    browser.driver.delete_all_cookies()
    browser.open(f"/?day={DAY}")
    check("/sign-in" in browser.driver.current_url, "nothing is shown before sign-in")
    browser.one("#token").send_keys(token)
    browser.one("#token").send_keys(Keys.ENTER)
    return browser.until(lambda: "/sign-in" not in browser.driver.current_url, 5)


def walk_sign_in(url, fleet, out, source):
    """A unit's clerk, who sees the own unit and no other."""
    browser = Browser(url, out)
    browser.open("/sign-in")
    axe(browser, source, "sign-in")
    browser.shot("sign-in")
    check(not sign_in(browser, "caodiem-token-" + "0" * 64), "a wrong token opens nothing")
    check("không đúng" in browser.text(), "and the page says so")
    check(sign_in(browser, fleet.token("van-thu-mx", "clerk", kind="units", units=["MX"])),
          "a clerk signs in")
    units = [cell.text for cell in browser.all("table.board tbody th .under")]
    check(units == ["MX"], f"and sees the own unit alone: {units}")
    check("van-thu-mx" in browser.one(".principal").text, "under the own name")
    browser.shot("clerk-board")
    axe(browser, source, "a clerk's board")
    for path in ("/cases?target=old_resolved_money&unit=LP", "/unit?unit=LP", "/worklist?unit=LP",
                 "/auction?unit=LP"):
        browser.open(f"{path}&day={DAY}")
        check(not browser.all("table tbody tr"), f"another unit's rows do not show on {path}")
    browser.open(f"/cases?target=old_resolved_money&unit=MX&day={DAY}")
    check(len(browser.all("table.wide tbody tr")) > 0, "the own cases do")
    session = browser.driver.get_cookie("caodiem_session")
    check(session["httpOnly"] and session["sameSite"] == "Strict", "the cookie is closed to scripts")
    browser.one(".who button").click()
    check(browser.until(lambda: "/sign-in" in browser.driver.current_url, 5),
          "signing out leads to the sign-in page")
    browser.driver.add_cookie({"name": "caodiem_session", "value": session["value"]})
    browser.open("/")
    check("/sign-in" in browser.driver.current_url, "and the former session opens nothing")
    browser.close()


def walk(fleet, out, folder):
    source = axe_source()
    check(source is not None, "axe-core is at hand")
    walk_sign_in(fleet.url(), fleet, out, source)
    leader = fleet.token("lanh-dao", "division", kind="province")
    browser = Browser(fleet.url(), out)
    try:
        check(sign_in(browser, leader), "the division signs in")
        walk_board(browser, fleet, source)
        walk_targets_of_touch(browser)
        walk_down(browser, source)
        walk_sections(browser, source)
        walk_choices(browser)
        walk_keyboard(browser)
        walk_live(browser, fleet, folder)
        check(not browser.complaints(), f"the browser has no complaint: {browser.complaints()}")
    finally:
        browser.close()
    walk_phone(fleet.url(), out, source, leader)
    walk_dark(fleet.url(), out, source, leader)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--binaries", required=True)
    options.add_argument("--out", default="out/dashboard")
    asked = options.parse_args()
    out = pathlib.Path(asked.out)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="caodiem-board-") as folder:
        folder = pathlib.Path(folder)
        fleet = Fleet(asked.binaries, folder)
        try:
            subprocess.run(
                [fleet.binaries / "caodiem-datagen", "--seed", "2021", "--units", "12", "--cases",
                 "5000", "--out", folder / "province"], check=True, stdout=subprocess.DEVNULL)
            fleet.caodiem("campaign", "apply", "-f", ROOT / "Samples/soc-trang-2021/plan.yaml")
            fleet.caodiem("import", folder / "province")
            walk(fleet, out, folder)
        finally:
            fleet.stop()
    print(f"{len(faults)} fault(s); screenshots in {out}")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
