"""What axe-core has to say against a page."""

from pathlib import Path

from playwright.async_api import Page

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


async def find_violations(page: Page, width: int = 360) -> list[str]:
    """Every violation, on a page so high that nothing is half hidden below the edge."""
    await page.set_viewport_size({"width": width, "height": 8000})
    height = await page.evaluate("document.documentElement.scrollHeight")
    await page.set_viewport_size({"width": width, "height": height})
    await page.evaluate(AXE)
    found = await page.evaluate("rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES)
    return [f"{each['id']}: {node['html']}" for each in found["violations"] for node in each["nodes"]]
