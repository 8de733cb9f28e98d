"""Somebody at a browser, and what goes wrong there without being seen."""

from typing import Any
from urllib.parse import urlsplit

from tests.browser.site import Site

WIDE, NARROW, NARROWEST = 1280, 390, 320
BETWEEN = (640, 768, 1024)
PLAN = "/harrow/children-and-families-2012/"
LEAD_OFFICER = "lead.officer@harrow.example"
NURSE = "nurse@harrow.example"
BOARD_MEMBER = "board.member@harrow.example"
SCRUTINY_OFFICER = "scrutiny.officer@harrow.example"
PLAN_ADMINISTRATOR = "plan.administrator@harrow.example"
READER = "reader@harrow.example"
HEREFORDSHIRE_READER = "reader@herefordshire.example"
HEREFORDSHIRE_PLAN = "/herefordshire/supporting-and-protecting-children-2012/"
STAFF = "staff@waymark.example"
STRANGER = "stranger@elsewhere.example"
# What the browser itself says of a page that is refused; the tests look at the status themselves.
REFUSED = "Failed to load resource: the server responded with a status of 4"
# What htmx says where a newer request takes the place of one that is under way, as when somebody types on.
SUPERSEDED = ("htmx:afterRequest", "htmx:sendAbort")
# A page whose components are awake, which the browser's own “load” does not wait for; or one that has none.
AWAKE = "html:not(:has(script[data-govuk])), html:has(body.govuk-frontend-supported)"


class Visitor:
    """One browser with its own cookies. `troubles` are script errors, breaches of the policy on content, requests
    to another origin and missing parts of a page. `own_session` is for those who sign out."""

    def __init__(
        self,
        site: Site,
        browser: Any,
        sessions: dict[str, Any],
        account: str,
        *,
        width: int = WIDE,
        script: bool = True,
        own_session: bool = False,
        **options: Any,
    ) -> None:
        self.site, self.account, self.troubles = site, account, []  # type: Site, str, list[str]
        self.script = script
        self.context = browser.new_context(
            base_url=site.url,
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
            locale="en-GB",
            timezone_id="Europe/London",
            storage_state=None if own_session else sessions.get(account),
            reduced_motion="reduce",
            **options,
        )
        self.context.set_default_timeout(60_000)
        self.open_window()
        if account and own_session:
            self.sign_in(account)
        elif account and account not in sessions:
            self.sign_in(account)
            sessions[account] = self.context.storage_state()

    def open_window(self) -> None:
        self.page = self.context.new_page()
        self._listen()

    def go(self, path: str) -> int:
        """Open an address; returns the status."""
        response = self.page.goto(path)
        assert response is not None
        self.settle()
        return int(response.status)

    def follow(self, link_or_button: Any) -> None:
        """Click it, and wait for the page that it leads to."""
        with self.page.expect_navigation():
            link_or_button.click()
        self.settle()

    def settle(self) -> None:
        """Wait until the page is there whole and its scripts are at work."""
        self.page.wait_for_load_state()
        if self.script:
            self.page.locator(AWAKE).wait_for(state="attached")

    def sign_in(self, account: str) -> None:
        self.page.goto("/account/login/")
        self.page.get_by_label("E-mail").or_(self.page.get_by_label("Email")).fill(account)
        self.page.get_by_label("Password", exact=True).fill(self.site.password)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url(lambda address: "/account/login/" not in address)

    @property
    def path(self) -> str:
        address = urlsplit(self.page.url)
        return f"{address.path}?{address.query}" if address.query else address.path

    @property
    def heading(self) -> str:
        return " ".join(self.page.locator("h1").inner_text().split())

    def scrolls_sideways_at(self, width: int) -> bool:
        self.page.set_viewport_size({"width": width, "height": 900})
        return bool(self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))

    def _listen(self) -> None:
        page = self.page
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.troubles.append(f"{page.url}: {error}"))
        page.on("request", self._on_request)
        page.on("response", self._on_response)

    def _on_console(self, message: Any) -> None:
        if message.type == "error" and not message.text.startswith((REFUSED, *SUPERSEDED)):
            self.troubles.append(f"{self.page.url}: {message.type}: {message.text}")

    def _on_request(self, request: Any) -> None:
        if not request.url.startswith((self.site.url + "/", "data:", "blob:")):
            self.troubles.append(f"{self.page.url} asked {request.url}")

    def _on_response(self, response: Any) -> None:
        part_of_page = response.request.resource_type not in ("document", "fetch", "xhr", "other")
        if response.status >= 500 or (response.status >= 400 and part_of_page):
            self.troubles.append(f"{self.page.url}: {response.url} answered {response.status}")
