"""Charts in frames of another site, whose policy is as strict as can be: height, exploring, and what refuses."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import APIRequestContext, Frame, Page, expect

TARGET = "/embed/targets/xar-xbo-500mn-usd-2030/"
MIRROR = "/embed/pairs/xar-xbo/"
GOALPOSTS = "/embed/pairs/xar-xbo/?chart=goalposts"
HEIGHT = "Math.ceil(document.body.getBoundingClientRect().height)"
axe = Axe()


class Host:
    """A site on another port: an article with one frame, under a policy that lets in nothing but ours."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.body = ""
        self.more: dict[str, str] = {}
        host = self

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                page = f'<!doctype html><html lang="en"><title>An article</title><body>{host.body}</body></html>'
                policy = f"default-src 'none'; frame-src {site}; script-src {site}"
                self.send_response(200)
                told = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy, **host.more}
                for name, value in told.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(page.encode())

            def log_message(self, *_: object) -> None:
                pass

        # Another name too: to a browser it is another site, not only another port.
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.address = f"http://127.0.0.1:{self.server.server_port}/"

    def code(self, address: str, ask: APIRequestContext, *, helper: bool = True) -> None:
        """Puts the code that our site gives for the page into the article, with or without the script."""
        page = ask.get(self.site + address.replace("/embed", "")).text()
        oembed = re.search(r'type="application/json\+oembed" href="([^"]+)"', page)[1]
        frame, script = ask.get(html.unescape(oembed)).json()["html"].split("\n")
        # The same code for whatever address of an embed.
        frame = re.sub('src="[^"]+"', f'src="{html.escape(self.site + address)}"', frame)
        self.body = f"<h1>An article</h1>{frame}{script if helper else ''}"


@pytest.fixture
def host(site: str) -> Iterator[Host]:
    one = Host(site)
    thread = Thread(target=one.server.serve_forever)
    thread.start()
    yield one
    one.server.shutdown()
    thread.join()
    one.server.server_close()


@pytest.fixture
def article(browser, host) -> Iterator[Callable[..., tuple[Page, Frame]]]:
    """Opens the host's article and gives it with the embed in it; nothing may be refused or asked of third parties."""
    wrong: list[str] = []
    contexts = []

    def opened(address: str, *, width: int = 800, helper: bool = True, **options) -> tuple[Page, Frame]:
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}, **options))
        page = contexts[-1].new_page()
        page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        known = (host.site, host.address, "data:", "blob:")
        page.on("request", lambda asked: None if asked.url.startswith(known) else wrong.append(asked.url))
        host.code(address, contexts[-1].request, helper=helper)
        page.goto(host.address, wait_until="load")
        expect(page.frame_locator("iframe").locator("h1")).to_be_visible()
        return page, page.frames[1]

    yield opened
    left = [cookie for context in contexts for cookie in context.cookies()]
    for context in contexts:
        context.close()
    # What the browser asks of any site by itself.
    assert [one for one in wrong if "favicon.ico" not in one] == []
    assert left == []


def sized(page: Page, frame: Frame) -> int:
    """The height of the frame, which has become that of what is in it."""
    needed = frame.evaluate(HEIGHT)
    expect(page.locator("iframe")).to_have_css("height", f"{needed}px")
    return needed


@pytest.mark.parametrize("address", [TARGET, f"/ru{TARGET}", MIRROR, GOALPOSTS])
def test_the_frame_takes_the_height_of_the_chart_and_keeps_it_when_the_window_changes(article, address):
    page, frame = article(address)
    heights = [sized(page, frame)]
    for width in (340, 616, 1216):
        page.set_viewport_size({"width": width, "height": 900})
        expect(frame.locator(".chart-narrow" if width < 640 else ".chart-wide")).to_be_visible()
        heights.append(sized(page, frame))
    assert len(set(heights)) > 1


def test_a_host_that_isolates_itself_from_other_sites_can_show_the_chart_too(article, host):
    host.more = {"Cross-Origin-Embedder-Policy": "require-corp", "Cross-Origin-Opener-Policy": "same-origin"}
    page, frame = article(TARGET)
    sized(page, frame)


def test_a_script_that_comes_after_the_chart_asks_for_the_height(article, host):
    page, frame = article(TARGET, helper=False)
    assert page.locator("iframe").get_attribute("style") is None
    page.add_script_tag(url=f"{host.site}/embed.js")
    sized(page, frame)


def test_without_the_script_the_frame_scrolls_inside_and_the_chart_is_there(article):
    page, frame = article(TARGET, width=340, helper=False)
    assert page.locator("iframe").bounding_box()["height"] == 800
    assert frame.locator(".chart-narrow").is_visible()
    assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_message_from_elsewhere_moves_nothing(article):
    page, frame = article(TARGET)
    height = sized(page, frame)
    page.evaluate("window.postMessage({ type: 'tradewatch:height', height: 77 }, '*')")
    # The last is heard after the others, so they have been heard as well.
    frame.evaluate("parent.postMessage({ type: 'tradewatch:height', height: -5 }, '*')")
    frame.evaluate("parent.postMessage({ type: 'tradewatch:height', height: 1234 }, '*')")
    expect(page.locator("iframe")).to_have_css("height", "1234px")
    assert height != 1234


@pytest.mark.parametrize("width", [296, 616, 1216])
@pytest.mark.parametrize("address", [TARGET, MIRROR, GOALPOSTS])
def test_the_chart_can_be_explored_inside_and_put_back(article, address, width):
    page, frame = article(address, width=width)
    still = sized(page, frame)
    frame.get_by_role("button", name="Explore").click()
    expect(frame.locator("button[data-explore][aria-expanded=true]")).to_be_visible()
    expect(frame.locator(".chart-plot .main-svg").first).to_be_visible()
    sized(page, frame)
    assert frame.evaluate("document.documentElement.scrollWidth") <= width - 16
    frame.locator("button[data-explore]").click()
    expect(page.locator("iframe")).to_have_css("height", f"{still}px")


def test_nothing_of_the_interactive_chart_is_fetched_before_it_is_asked_for(article):
    page, frame = article(TARGET)
    sized(page, frame)
    fetched = frame.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)")
    assert any("embed" in name for name in fetched)
    assert not [name for name in fetched if "plotly" in name or "chart.json" in name]


@pytest.mark.parametrize(
    ("theme", "paper", "line"),
    [("dark", "rgb(20, 25, 29)", "rgb(180, 188, 195)"), ("light", "rgb(253, 252, 249)", "rgb(79, 90, 98)")],
)
def test_a_theme_that_was_chosen_holds_against_the_readers_system_explored_too(article, theme, paper, line):
    other = {"dark": "light", "light": "dark"}[theme]
    _, frame = article(f"{TARGET}?theme={theme}", color_scheme=other)
    background = "getComputedStyle(document.documentElement).backgroundColor"
    assert frame.evaluate(background) == paper
    frame.get_by_role("button", name="Explore").click()
    expect(frame.locator("button[data-explore][aria-expanded=true]")).to_be_visible()
    path = frame.locator(".chart-plot path.js-line").first
    assert path.evaluate("path => getComputedStyle(path).stroke") == line


def test_without_javascript_the_frame_shows_verdict_chart_and_sources(article):
    page, _ = article(TARGET, java_script_enabled=False)
    framed = page.frame_locator("iframe")
    assert framed.locator(".chart svg:visible").count() == 1
    assert framed.locator(".rail").is_visible()
    assert not framed.get_by_role("button", name="Explore").is_visible()
    expect(framed.get_by_role("link", name="Figures and sources")).to_be_visible()


def test_the_page_and_its_style_sheets_are_all_it_takes_to_see_the_chart(browser, site):
    page = browser.new_page(viewport={"width": 600, "height": 900})
    needed = ("document", "stylesheet")
    page.route("**/*", lambda route: route.fallback() if route.request.resource_type in needed else route.abort())
    page.goto(site + TARGET)
    expect(page.locator("svg.chart-narrow")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".rail")).to_be_visible()
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [280, 600, 1200])
@pytest.mark.parametrize("address", [TARGET, f"/ru{TARGET}?as_of=2026-11-22", MIRROR, f"/ru{GOALPOSTS}"])
def test_an_embed_fits_its_frame_and_is_accessible(read, address, width, scheme):
    page = read(address, width, scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = axe.run(page, options={"resultTypes": ["violations"], "preload": False})
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("address", ["/targets/xar-xbo-500mn-usd-2030/", "/", "/ru/pairs/xar-xbo/", "/admin/login/"])
def test_any_other_page_refuses_to_be_framed(browser, host, address):
    host.body = f'<iframe src="{host.site}{address}" title="Framed"></iframe>'
    page = browser.new_page()
    with page.expect_console_message(lambda said: "frame-ancestors" in said.text) as refused:
        page.goto(host.address)
    assert "'none'" in refused.value.text
    assert not page.frames[1].url.startswith(host.site)
    page.close()
