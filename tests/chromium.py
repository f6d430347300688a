"""The browser that tests look through: Debian's Chromium, or the program that SINAU_CHROMIUM names."""

import os

CHROMIUM = os.environ.get("SINAU_CHROMIUM") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
]  # fmt: skip
