"""A database of the fixtures, the program that serves it, and a browser."""
import io
import json
import os
import pathlib
import re
import shutil
import signal
import sqlite3
import struct
import subprocess
import tarfile
import time
import urllib.request
import zlib

from axe_selenium_python import Axe
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = os.environ["STREETNUM_BINARY"]


def require(condition, *said):
    if not condition:
        raise AssertionError(" ".join(map(str, said)))


def wait_for(condition, what, seconds=10):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.03)
    raise AssertionError(f"not within {seconds} s: {what}")


class Place:
    """A folder with photographs, their database, and the server, which may be stopped and started again at its port."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.database = self.folder / "street.sqlite"
        self.port, self.server = 0, None
        archives = [self.many()]
        archives += [shutil.copy(ROOT / "fixtures" / name, self.folder) for name in ("street.tar", "crops.tar")]
        made = subprocess.run([BINARY, "ingest", *archives, "--db", self.database], capture_output=True, text=True)
        require(made.returncode in (0, 3), "ingest", made.stderr)

    def many(self):
        """An archive with three copies of the fixtures' photographs, with different bytes, so that there is enough to review."""
        path = self.folder / "many.tar"
        with tarfile.open(path, "w") as made, tarfile.open(ROOT / "fixtures" / "crops.tar") as crops:
            for member in crops:
                picture = crops.extractfile(member)
                content = picture.read() if picture else b""
                if not content.startswith(b"\x89PNG"):
                    continue
                for copy in range(3):
                    text = b"tEXt" + b"Comment\0" + str(copy).encode()
                    chunk = struct.pack(">I", len(text) - 4) + text + struct.pack(">I", zlib.crc32(text))
                    entry = tarfile.TarInfo(f"{copy}/{member.name}")
                    entry.size = len(content) + len(chunk)
                    made.addfile(entry, io.BytesIO(content[:33] + chunk + content[33:]))
        return path

    def start(self, *options):
        with open(self.folder / "serve.log", "w+") as log:
            self.server = subprocess.Popen(
                [BINARY, "serve", "--db", self.database, "--port", str(self.port), "--reviewer", "ann", *options],
                stderr=log, cwd=self.folder)
            line = wait_for(lambda: (log.seek(0), re.search(r"http://\S+", log.read()))[1], "the server says where it is")
        self.address = line[0]
        self.port = int(re.search(r":(\d+)/", self.address)[1])

    def stop(self, number=signal.SIGTERM):
        if not self.server:
            return None
        self.server.send_signal(number)
        code, self.server = self.server.wait(10), None
        return code

    def get(self, address):
        with urllib.request.urlopen(self.address.split("?")[0].rstrip("/") + address) as answer:
            return json.load(answer)

    def decisions(self):
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as db:
            return db.execute("SELECT verdict, shown, text, reviewer FROM decisions ORDER BY decided_at, counter").fetchall()

    def url(self, address):
        return f"http://127.0.0.1:{self.port}{address}"


class Browser:
    """A headless chromium; errors of the page's scripts are collected."""

    def __init__(self, folder, width=1280, height=900, dark=False, script=True):
        options = webdriver.ChromeOptions()
        # Chromium's sandbox does not work for root; the page is our own.
        for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={folder}",
                         "--disable-background-networking", "--disable-component-update", "--no-first-run"):
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        if not script:
            options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
        self.driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500})
        features = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.driver.quit()

    def open(self, address):
        self.driver.get(address)

    def find(self, selector):
        return self.driver.find_element("css selector", selector)

    def all(self, selector):
        return self.driver.find_elements("css selector", selector)

    def text(self, selector):
        """The text of an element, which may be replaced at any time."""
        return self.run("return document.querySelector(arguments[0])?.textContent.trim() ?? ''", selector)

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def press(self, *keys):
        """Sends keys to the element that has the focus."""
        chain = webdriver.ActionChains(self.driver, duration=0)
        for key in keys:
            chain.send_keys(key)
        chain.perform()

    def check_errors(self, *allowed):
        """Fails if the page has reported any other error."""
        said = [entry["message"] for entry in self.driver.get_log("browser")
                if entry["level"] in ("SEVERE", "WARNING") and not any(text in entry["message"] for text in allowed)]
        require(not said, said)

    def check_access(self, what):
        """Fails if axe finds a fault."""
        axe = Axe(self.driver)
        axe.inject()
        violations = axe.run()["violations"]
        require(not violations, what, "\n", axe.report(violations))

    def check_targets(self, what):
        """Fails where something that is pressed is smaller than 24 by 24 pixels (links within a sentence may be), or the page is wider
        than the window."""
        small = self.run("""
          return [...document.querySelectorAll("button, input, select, summary, nav a, a.button, .card a.whole")].filter((e) => {
            const box = (e.matches("a.whole") ? e.closest(".card") : e).getBoundingClientRect();
            return box.width > 0 && !e.closest(".unseen") && (box.width < 24 || box.height < 24);
          }).map((e) => e.outerHTML.slice(0, 90))""")
        require(not small, what, "has small targets:", small)
        wide = self.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
        require(wide <= 0, what, f"is {wide} pixels wider than the window")

    def keep(self, file):
        if file:
            self.driver.save_screenshot(str(file))
