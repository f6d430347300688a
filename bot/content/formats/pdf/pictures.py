"""Pictures on their way to paper: read with care, upright, and no finer than paper shows."""

import warnings
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image, ImageOps

_FORMS: Final = ("PNG", "JPEG", "WEBP")
_PIXELS: Final = 1600  # more on a side is not seen on paper
_MOST_PIXELS: Final = 25_000_000  # unpacked, at four bytes each


class UnprintableError(Exception):
    """A picture that can't be printed, and why."""


def prepared(file: Path) -> tuple[BytesIO, tuple[int, int]]:
    """Return a picture to be printed, and its size in pixels; raises UnprintableError."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # oddities in what a camera noted
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _reduced(file)
    except OSError as error:
        raise UnprintableError(error.strerror or "isinya rusak atau bukan gambar") from error
    except (ValueError, SyntaxError) as error:  # what Pillow raises of some broken files
        raise UnprintableError("isinya rusak atau bukan gambar") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnprintableError("ukurannya terlalu besar untuk dicetak") from error


def _reduced(file: Path) -> tuple[BytesIO, tuple[int, int]]:
    with Image.open(file, formats=_FORMS) as opened:
        form = "JPEG" if opened.format == "JPEG" else "PNG"
        opened.draft(None, (_PIXELS, _PIXELS))  # a JPEG is unpacked not much larger than that
        if opened.width * opened.height > _MOST_PIXELS:
            raise UnprintableError("ukurannya terlalu besar untuk dicetak")
        upright = ImageOps.exif_transpose(opened)
    upright.thumbnail((_PIXELS, _PIXELS))
    content = BytesIO()
    upright.save(content, form)
    return content, upright.size
