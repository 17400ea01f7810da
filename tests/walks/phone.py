# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A person with a telephone: the same acts as `Person` knows, in a real browser of 390 by 844 pixels."""

import json
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from tests.browser import Page

PATIENCE = 30.0
"""Seconds for which a page is waited for."""

SAYS = "(document.body ? document.body.innerText.replace(/\\s+/g, ' ') : '')"

PRESS = """(() => {
  const found = [...document.querySelectorAll(%s)].filter((one) => one.checkVisibility() && one.innerText.trim() === %s);
  if (!found.length) return false;
  window.before = true;
  found[0].click();
  return true;
})()"""

FILL = """(() => {
  const values = %s;
  const button = [...document.querySelectorAll('button')].find((one) => one.innerText.trim() === %s);
  const form = button.form;
  for (const [name, value] of Object.entries(values)) {
    const fields = [...form.elements].filter((one) => one.name === name);
    if (!fields.length) return name;
    for (const one of fields) {
      if (one.type === 'radio' || one.type === 'checkbox') one.checked = [value].flat().includes(one.value);
      else one.value = value;
    }
  }
  return '';
})()"""


class Phone:
    """`page`: of the browser; `address`: where the site is."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address

    @property
    def says(self) -> str:
        return str(self.page.run(SAYS))

    @property
    def at(self) -> str:
        return str(self.page.run("location.pathname + location.search"))

    def sees(self, *texts: str) -> None:
        """The page says each of these, and fits on the screen."""
        said = self.says
        for text in texts:
            assert text in said, f"{self.at} does not say {text!r}: {said}"
        assert self.fits(), self.at

    def open(self, path: str) -> None:
        self.page.go(path if "://" in path else self.address + path)

    def follow(self, text: str) -> None:
        """The link that says just this."""
        self._press("a", text)

    def send(
        self, button: str, files: Mapping[str, tuple[str, bytes]] | None = None, /, **answers: str | list[str]
    ) -> None:
        """Fills in the form with this button, and presses it."""
        wrong = self.page.run(FILL % (json.dumps(answers), json.dumps(button)))
        assert wrong == "", f"the form {button!r} has no field {wrong!r}"
        with tempfile.TemporaryDirectory() as place:
            for name, (file, body) in (files or {}).items():
                (Path(place) / file).write_bytes(body)
                self._choose(name, Path(place) / file)
            self._press("button", button)

    def _choose(self, name: str, file: Path) -> None:
        found = self.page.call("Runtime.evaluate", {"expression": f"document.querySelector('[name={name}]')"})
        self.page.call("DOM.setFileInputFiles", {"files": [str(file)], "objectId": found["result"]["objectId"]})

    def _press(self, what: str, text: str) -> None:
        assert self.page.run(PRESS % (json.dumps(what), json.dumps(text))), f"nothing says {text!r}: {self.says}"
        self._until("!window.before && document.readyState === 'complete'")

    def wait(self, text: str) -> None:
        """Until the page says this; it loads itself again where it has to."""
        self._until(f"document.readyState === 'complete' && {SAYS}.includes({json.dumps(text)})")

    def fits(self) -> bool:
        """Nothing sticks out to the right, and no field or button is too small for a finger."""
        return bool(self.page.run("document.documentElement.scrollWidth <= innerWidth"))

    def _until(self, script: str) -> None:
        end = time.monotonic() + PATIENCE
        while True:
            try:
                if self.page.run(script):
                    return
            except AssertionError:
                # Between two pages there is none that could be asked.
                pass
            assert time.monotonic() < end, f"it never came to this: {script}; {self.says}"
            time.sleep(0.05)
