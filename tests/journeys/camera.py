"""Pictures of pages, small enough to keep, and what must hold of every page that is looked at."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

LARGEST = 200_000
TALLEST = 1500

#: everything a look at a page finds that a person would, as sentences; empty where the page is well
FAULTS = """
() => {
  const wide = innerWidth, found = [];
  const shown = (e) => { const b = e.getBoundingClientRect(), s = getComputedStyle(e);
    return b.width > 0 && b.height > 0 && s.visibility !== 'hidden' && s.display !== 'none' && !e.closest('.b-sr, [hidden], details:not([open]) > :not(summary)'); };
  const says = (e) => (e.innerText || e.value || e.alt || e.tagName).trim().slice(0, 30);
  if (document.documentElement.scrollWidth > wide + 1) {
    const out = [...document.querySelectorAll('body *')].filter((e) => shown(e) && e.getBoundingClientRect().right > wide + 1
      && !e.closest('.b-table-wrap, .b-tabs, .b-nav, .b-segs, .b-steps, .b-sheet-wrap, .b-scroll'));
    found.push('the page scrolls sideways: ' + document.documentElement.scrollWidth + ' px, ' + out.slice(0, 3).map((e) => e.tagName + '.' + e.className + ' ' + says(e)).join(' / '));
  }
  for (const e of document.querySelectorAll('h1, h2, h3')) {
    if (!shown(e)) continue;
    const b = e.getBoundingClientRect();
    if (b.left < -1 || b.right > wide + 1 || e.scrollWidth > e.clientWidth + 2 && getComputedStyle(e).overflow === 'hidden') found.push('a heading is cut: ' + says(e));
  }
  for (const e of document.images) if (!e.hasAttribute('alt')) found.push('an image without words: ' + e.src);
  for (const e of document.querySelectorAll('input:not([type=hidden]), select, textarea')) {
    if (!shown(e)) continue;
    if (!(e.labels && e.labels.length) && !e.getAttribute('aria-label') && !e.getAttribute('aria-labelledby') && !e.title) found.push('a field without a name: ' + e.name);
  }
  const primary = document.querySelectorAll('.b-main .b-btn--primary');
  if ([...primary].filter(shown).length > 1 + [...primary].filter((e) => shown(e) && e.closest('.b-actbar')).length) found.push('more than one filled button: ' + [...primary].filter(shown).map(says).join('、'));
  if (wide < 500) for (const e of document.querySelectorAll('.b-btn--primary, .b-phonebar a, .b-btn--row')) {
    if (shown(e) && e.getBoundingClientRect().height < 43.5) found.push('too small for a thumb: ' + says(e) + ' ' + e.getBoundingClientRect().height);
  }
  return found;
}
"""


@dataclass
class Camera:
    """Writes `<name>-<width>.png` into `folder`."""

    folder: Path

    def look(self, page: Page, name: str, *, whole: bool = True) -> list[str]:
        """Take the picture and return the faults of the page. `whole`: all of it, not only what fits the screen."""
        width, height = page.viewport_size["width"], page.viewport_size["height"]
        faults = page.evaluate(FAULTS)
        page.evaluate("document.fonts.ready")
        page.mouse.move(0, 0)
        if whole:  # a taller window, so that what is as high as the window still is
            tall = min(TALLEST, max(height, page.evaluate("document.documentElement.scrollHeight")))
            page.set_viewport_size({"width": width, "height": tall})
        taken = page.screenshot(animations="disabled", caret="hide")
        page.set_viewport_size({"width": width, "height": height})
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / f"{name}-{width}.png").write_bytes(small(taken))
        return [f"{name}-{width}: {fault}" for fault in faults]


def small(picture: bytes) -> bytes:
    """The same picture in few colours; deterministic, at most LARGEST bytes."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    for colours in (256, 160, 96, 64):
        out = io.BytesIO()
        image.quantize(colours, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
            out, "PNG", optimize=True
        )
        if out.tell() <= LARGEST:
            break
    return out.getvalue()
