"""What scripts/browser/test runs: the page in chromium, by mouse, by keyboard, on a telephone, without script, without server."""
import argparse
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

from place import Browser, Place, require, wait_for
from selenium.webdriver.common.keys import Keys

# The browser's own messages about an unreachable server, and about refusals that are expected.
WITHOUT_SERVER = ("net::ERR_CONNECTION_REFUSED", "Failed to load resource")


def numbers(browser):
    return browser.run("return [...document.querySelectorAll('.card a.whole')].map((a) => a.textContent)")


def search(place, browser, keep):
    """Typing, filters and the threshold narrow the list."""
    browser.open(place.url("/"))
    every = numbers(browser)
    require(len(every) > 20, "too few numbers", every)
    keep("numbers")
    wanted = every[0]
    browser.find("[name=q]").send_keys(wanted)
    wait_for(lambda: numbers(browser) and all(text.startswith(wanted) for text in numbers(browser)), "the list is narrowed")
    require(f"q={wanted}" in browser.driver.current_url, "the address says nothing of the search")
    require(browser.text("#said"), "a screen reader hears nothing")
    browser.driver.refresh()
    require(browser.find("[name=q]").get_attribute("value") == wanted, "the search is lost by a reload")
    browser.find("[name=q]").clear()
    browser.find("[name=q]").send_keys("?")
    wait_for(lambda: numbers(browser) and all(len(text) == 1 for text in numbers(browser)), "a pattern of one digit")
    browser.find("[name=q]").clear()
    browser.find("[name=image]").send_keys("no such image")
    wait_for(lambda: "No number meets" in browser.text("#results"), "nothing is found")
    browser.open(place.url("/?min_confidence=0.95"))
    surest = numbers(browser)
    require(0 < len(surest) < len(every), "the filter by confidence", len(surest), len(every))
    browser.run("const s = document.querySelector('#threshold'); s.value = 95; s.dispatchEvent(new Event('input'))")
    require(browser.text("#at") == "0.95" and browser.text("#kept").endswith("%"), "the threshold says", browser.text("#kept"))
    for address in ("/", "/sources", "/rejected", "/runs"):
        browser.open(place.url(address))
        browser.check_access(address)
        browser.check_targets(address)
        keep(address.strip("/") or None)
    browser.check_errors()


def picture(place, browser, keep):
    """A card links to its picture, whose boxes are correct; zooming works by keyboard and buttons."""
    browser.open(place.url("/?order=surest_first"))
    browser.find(".card a.whole").click()
    wait_for(lambda: browser.all(".viewer svg"), "the picture's page")
    wait_for(lambda: browser.run("return document.querySelector('.viewer image').getBoundingClientRect().width > 0"), "the picture")

    def view():
        return [float(n) for n in browser.run("return document.querySelector('.viewer svg').getAttribute('viewBox')").split()]

    browser.press("0")
    browser.find("[data-zoom=fit]").click()
    whole = view()
    keep("picture")
    browser.check_access("a picture")
    browser.check_targets("a picture")
    browser.find("[data-zoom=in]").click()
    require(view()[2] < whole[2], "the button does not zoom in")
    browser.run("document.querySelector('.viewer svg').focus()")
    browser.press("+")
    closer = view()
    browser.press(Keys.ARROW_RIGHT)
    require(view()[0] > closer[0] and view()[2] == closer[2], "the arrow key does not move")
    browser.press("0")
    require(view() == whole, "0 does not show all of it")
    browser.find("[data-box]").click()
    require(view() != whole and browser.all(".viewer g.chosen"), "a number of the list is not looked at")
    browser.check_errors()


def item(browser):
    """The number being reviewed."""
    return browser.text("#reading"), browser.text("#image")


def open_review(place, browser, query="?min_confidence=0"):
    browser.open(place.url("/review" + query))
    wait_for(lambda: not browser.run("return document.querySelector('.judge').hidden"), "an item")


def review(place, browser, keep):
    """By keyboard alone: every decision, undo, across a restart of the server and a reload of the page."""
    open_review(place, browser)
    wait_for(lambda: browser.text("[data-action=confirm] span") == "Confirm " + item(browser)[0], "the button says what it confirms")
    keep("review")
    browser.check_access("reviewing")
    browser.check_targets("reviewing")
    before = len(place.decisions())
    first = item(browser)
    browser.press("c")
    wait_for(lambda: len(place.decisions()) == before + 1, "the decision is stored")
    require(place.decisions()[-1] == ("confirmed", first[0], None, "ann"), place.decisions()[-1])
    require(item(browser) != first, "the next item is not shown")
    second = item(browser)
    browser.press("n")
    third = item(browser)
    browser.press("e", "9", "8", "7", "c", "u")  # letters in the field are no shortcuts
    require(item(browser) == third, "a key in the field was taken for a shortcut")
    browser.press(Keys.BACKSPACE, Keys.BACKSPACE, Keys.ENTER)
    wait_for(lambda: len(place.decisions()) == before + 3, "three decisions")
    require([d[:3] for d in place.decisions()[-2:]] == [("not_a_number", second[0], None), ("corrected", third[0], "987")],
            place.decisions()[-2:])
    # An undo returns to its item, across a reload and a restart too.
    browser.press("u")
    require(item(browser) == third, "undo does not return to the item", item(browser), third)
    wait_for(lambda: place.decisions()[-1][0] == "undo", "the undo is stored")
    require(place.stop() == 143, "the server's exit")
    place.start()
    browser.driver.refresh()
    wait_for(lambda: not browser.run("return document.querySelector('.judge').hidden"), "an item after the restart")
    browser.press("u")
    require(item(browser) == second, "undo does not work after a restart", item(browser), second)
    wait_for(lambda: [d[0] for d in place.decisions()[-2:]] == ["undo", "undo"], "both are undone")
    # A box is drawn by the keyboard alone.
    browser.press("m")
    browser.press(Keys.ARROW_RIGHT, Keys.ARROW_DOWN)
    keep("missed")
    browser.press(Keys.ENTER, "4", "2", Keys.ENTER)
    wait_for(lambda: place.decisions()[-1][:3] == ("missed", None, "42"), "the missed number")
    require(item(browser) == second, "a missed number moves on")
    browser.press("s")
    wait_for(lambda: place.decisions()[-1][0] == "skipped", "the skip")
    browser.check_errors(*WITHOUT_SERVER)


def keys(place, browser, keep):
    """The keys can be changed and turned off (WCAG 2.1.4)."""
    open_review(place, browser)
    browser.find("[data-keys]").click()
    browser.check_access("the keys")
    keep("keys")
    browser.run("document.querySelector('#key-confirm').value = 'x'")
    browser.find("#keys button.main").click()
    before, shown = len(place.decisions()), item(browser)
    browser.press("c")
    require(item(browser) == shown, "the old key still works")
    browser.press("x")
    wait_for(lambda: len(place.decisions()) == before + 1, "the new key")
    browser.find("[data-keys]").click()
    browser.find("#keys [name=on]").click()
    browser.find("#keys button.main").click()
    shown = item(browser)
    browser.press("x", "n", "s")
    require(item(browser) == shown, "keys work though they are off")
    browser.find("[data-keys]").click()
    browser.find("[data-standard]").click()
    browser.find("#keys button.main").click()


def outage(place, browser, keep):
    """The server is stopped for 30 seconds while 50 decisions are made: each is shown immediately, none is lost."""
    open_review(place, browser)
    before = len(place.decisions())
    fetched = "return performance.getEntriesByType('resource').filter((e) => e.name.includes('/crops/')).length"
    wait_for(lambda: browser.run(fetched) >= 50, "the crops are fetched ahead")
    place.stop(signal.SIGKILL)
    stopped = time.monotonic()
    slowest, made = 0, 0
    for turn in range(50):
        key = "n" if turn % 3 == 0 else "c"
        took = browser.run("""
          const begun = performance.now();
          document.body.dispatchEvent(new KeyboardEvent("keydown", { key: arguments[0], bubbles: true }));
          document.body.getBoundingClientRect();
          return performance.now() - begun;""", key)
        slowest, made = max(slowest, took), made + 1
        loaded = "return document.querySelector('.judge').hidden || document.querySelector('image.crop').getBBox().width > 0"
        require(browser.run(loaded), "a crop is not at hand")
    require(slowest < 50, f"a decision took {slowest:.0f} ms to show")
    wait_for(lambda: "kept in this browser" in browser.text("#unsent"), "the banner says that something is unsent")
    keep("unsent")
    waiting = browser.run("return JSON.parse(localStorage['streetnum.outbox.ann']).length")
    time.sleep(max(0, stopped + 30 - time.monotonic()))
    place.start()
    wait_for(lambda: browser.run("return document.querySelector('#unsent').hidden"), "all is sent", 20)
    stored = len(place.decisions()) - before
    require(stored == waiting == made, f"{stored} of {waiting} were stored")
    print(f"  {made} decisions without a server, {waiting} waiting, slowest {slowest:.1f} ms")
    browser.check_errors(*WITHOUT_SERVER)


def stale(place, browser, keep):
    """A reading that has changed meanwhile is shown again."""
    open_review(place, browser)
    browser.run("""
      const real = window.fetch;
      window.fetch = (address, options) => {
        if (address === "/api/decisions") options = { ...options, body: options.body.replace(/"shown":"\\d+"/, '"shown":"999999"') };
        window.fetch = real;
        return real(address, options);
      };""")
    shown = item(browser)
    browser.press("c")
    wait_for(lambda: "shown again" in browser.text("#message"), "it is said that the reading changed")
    require(item(browser) == shown, "the item is not shown again")
    browser.check_errors("409 (Conflict)")


def sample(place, browser, keep):
    """In a random sample the reading is hidden until something is typed."""
    browser.open(place.url("/review"))
    browser.run("document.querySelector('details').open = true")
    field = browser.find("[name=size]")
    field.clear()
    field.send_keys("5", Keys.ENTER)
    wait_for(lambda: "sample=" in browser.driver.current_url, "a sample is drawn")
    wait_for(lambda: not browser.run("return document.querySelector('.judge').hidden"), "an item")
    require(browser.run("return document.querySelector('#read').hidden") and not browser.text("#reading"), "the reading is shown")
    require(not browser.find("[data-action=confirm]").is_displayed(), "it can be confirmed unseen")
    keep("sample")
    browser.check_access("a sample")
    browser.press("1", "2", "3", "4", "5", Keys.ENTER)
    wait_for(lambda: "of 1 right" in browser.text("#estimate"), "the estimate")
    browser.check_errors()


def telephone(place, browser, keep):
    """360 pixels wide, dark."""
    for address, name in (("/", "telephone-numbers"), ("/review", "telephone-review"), ("/sources", None)):
        browser.open(place.url(address))
        if address == "/review":
            wait_for(lambda: not browser.run("return document.querySelector('.judge').hidden"), "an item")
        keep(name)
        browser.check_access("a telephone's " + address)
        browser.check_targets("a telephone's " + address)
    browser.open(place.url("/?order=surest_first"))
    browser.find(".card a.whole").click()
    keep("telephone-picture")
    browser.check_targets("a telephone's picture")


def scriptless(place, browser, keep):
    """Searching, viewing and deciding work without scripts."""
    browser.open(place.url("/"))
    browser.find("[name=q]").send_keys("1", Keys.ENTER)
    wait_for(lambda: "q=1" in browser.driver.current_url, "the form is sent")
    wait_for(lambda: numbers(browser) and all(text.startswith("1") for text in numbers(browser)), "the search without script")
    browser.find(".card a.whole").click()
    keep("scriptless")
    before = len(place.decisions())
    browser.find("summary").click()
    browser.find("button[value=confirmed]").click()
    wait_for(lambda: len(place.decisions()) == before + 1 and browser.all(".tag.good"), "the decision without script")


def gone(place, browser, keep):
    """If the photograph is gone, the page says so and shows the crops."""
    archive = place.folder / "street.tar"
    archive.rename(place.folder / "away.tar")
    try:
        browser.open(place.url("/?archive=street&order=surest_first"))
        browser.find(".card a.whole").click()
        require(browser.find("#gone").is_displayed(), "it is not said that the photograph is gone")
        shown = browser.run("return [...document.querySelectorAll('#gone img')].every((i) => i.complete && i.naturalWidth > 0)")
        require(shown, "the small pictures are not shown")
        keep("gone")
        browser.check_access("a picture that is gone")
    finally:
        (place.folder / "away.tar").rename(archive)


def description(place, browser, keep):
    """The responses under /api match the OpenAPI document, for valid and invalid requests."""
    tool = pathlib.Path(sys.executable).with_name("schemathesis")
    run = subprocess.run(
        [tool, "run", place.url("/api/openapi.json"), "--url", place.url(""), "--max-examples", "8", "--seed", "1", "--checks",
         "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance",
         "--phases", "examples,coverage,fuzzing"], capture_output=True, text=True, cwd=place.folder)
    require(run.returncode == 0, run.stdout[-6000:], run.stderr[-2000:])


BROWSERS = {
    "desk": {}, "telephone": {"width": 360, "height": 740, "dark": True}, "scriptless": {"script": False},
}
TRIALS = [(search, "desk"), (picture, "desk"), (gone, "desk"), (review, "desk"), (keys, "desk"), (stale, "desk"), (sample, "desk"),
          (outage, "desk"), (description, "desk"), (telephone, "telephone"), (scriptless, "scriptless")]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*")
    parser.add_argument("--screenshots", type=pathlib.Path)
    arguments = parser.parse_args()
    begun = time.monotonic()
    failed = 0
    with tempfile.TemporaryDirectory(prefix="streetnum.") as folder:
        place = Place(folder)
        place.start()
        try:
            for kind, options in BROWSERS.items():
                trials = [trial for trial, its in TRIALS if its == kind and (not arguments.names or trial.__name__ in arguments.names)]
                if not trials:
                    continue
                with Browser(f"{folder}/{kind}", **options) as browser:
                    for trial in trials:
                        def keep(name):
                            if name and arguments.screenshots:
                                arguments.screenshots.mkdir(parents=True, exist_ok=True)
                                browser.keep(arguments.screenshots / f"{name}.png")
                        try:
                            trial(place, browser, keep)
                            print(f"passed: {trial.__name__}", flush=True)
                        except Exception as error:  # each trial stands by itself
                            failed += 1
                            keep("failed-" + trial.__name__)
                            print(f"FAILED: {trial.__name__}: {error}", flush=True)
                            if place.server is None:
                                place.start()
        finally:
            place.stop()
    print(f"{'FAILED' if failed else 'passed'} in {time.monotonic() - begun:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
