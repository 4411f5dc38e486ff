"""What the scripts that write inputs and load exports agree on."""

import io

from PIL import Image

TEXTS = [
    "a red square",
    'comma, "quotes" and a back\\slash',
    "two\nlines, and a tab\there",
    "a lizard \N{LIZARD} and a family \U0001F468\u200D\U0001F469\u200D\U0001F467",
    "\u05ea\u05de\u05d5\u05e0\u05d4 \u05e9\u05dc \u05db\u05dc\u05d1",
    "=SUM(A1) | {a|b} ;;; |||",
]
COLOURS = ["red", "green", "blue", "yellow", "purple", "orange"]
COUNT = len(TEXTS)


def picture(index: int) -> bytes:
    """A small JPEG whose colour tells which one it is."""
    buffer = io.BytesIO()
    Image.new("RGB", (24 + index, 16), COLOURS[index]).save(buffer, "JPEG", quality=95)
    return buffer.getvalue()


def caption(index: int) -> str:
    return f"caption {index}: {TEXTS[index]}"
