"""The main states look as they did: small pictures, compared with a tolerance.

``DATELINE_LOOKS=keep pytest tests/browser/test_looks.py`` keeps the pictures of today as the ones to compare with; look
at them before committing.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Browser

from tests.browser.conftest import Visitor, visit

LOOKS = Path(__file__).parent / "looks"
SCALE = 4
MEAN, BLOCK = 0.03, 0.35
"""Largest mean difference, and largest of any block of 8 × 8 small pixels, as shares of black to white."""
TRIES = 20
"""Pictures taken until one is alike: a busy machine may not have painted all of it yet."""
CARD = "/?group=energy&year=2000-2015&at=4/20/60&sel="
STATES = {
    "map": (1280, 800, False, "/?at=3/20/60"),
    "map-dark": (1280, 800, True, "/?group=energy&group=transport&year=2003-2015&at=4/20/60"),
    "card": (1920, 1080, False, CARD),
    "phone": (390, 844, False, CARD),
}


def picture(visitor: Visitor) -> Image.Image:
    image = Image.open(io.BytesIO(visitor.page.screenshot(animations="disabled")))
    small = (image.width // SCALE, image.height // SCALE)
    return image.convert("RGB").resize(small, Image.Resampling.BOX).quantize(64).convert("RGB")


def blocks(difference: NDArray[np.float64]) -> NDArray[np.float64]:
    height, width = (n // 8 * 8 for n in difference.shape)
    cut = difference[:height, :width].reshape(height // 8, 8, width // 8, 8)
    return np.asarray(cut.mean(axis=(1, 3)))


@pytest.mark.parametrize("state", STATES)
def test_it_looks_as_it_did(browser: Browser, address: str, state: str) -> None:
    width, height, dark, path = STATES[state]
    for visitor in visit(browser, address, width, height, dark=dark):
        visitor.open(path + ("p0000002" if path == CARD else ""))
        if path == CARD:
            visitor.page.locator(".quote").wait_for()
        visitor.whole()
        kept = LOOKS / f"{state}.png"
        if os.environ.get("DATELINE_LOOKS") == "keep":
            LOOKS.mkdir(exist_ok=True)
            picture(visitor).save(kept, optimize=True)
            continue
        before = Image.open(kept).convert("RGB")
        for _ in range(TRIES):
            now = picture(visitor)
            assert now.size == before.size
            difference = np.abs(np.asarray(now, float) - np.asarray(before, float)).mean(axis=2) / 255
            if difference.mean() < MEAN and blocks(difference).max() < BLOCK:
                break
            visitor.rest()
        assert difference.mean() < MEAN
        assert blocks(difference).max() < BLOCK
