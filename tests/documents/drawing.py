"""Reports drawn at random, with texts that spreadsheets and browsers like to misread."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from bot.views.reporting import AnnouncementFigures, ItemFigures, ModuleFigures, OptionFigures, Overview, Report, Week, WishFigures

NASTY = st.sampled_from(
    ["=1+1", "+62", "-", "@SUM(A1)", "'petik", "<b>&amp;</b>", "00123", "1,5", "baris\nbaru", '"kutip"', "http://contoh.go.id", ""]
)
TEXTS = st.one_of(NASTY, st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=40)).map(str.strip)
COUNTS = st.integers(0, 5_000_000)
SHARES = st.one_of(st.none(), st.floats(0, 1))
MONDAYS = st.integers(0, 500).map(lambda weeks: date(2024, 1, 1) + timedelta(weeks=weeks))
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants them bare

MODULES = st.builds(ModuleFigures, st.from_regex(r"[a-z]{1,8}", fullmatch=True), TEXTS, COUNTS, COUNTS, SHARES)
OPTIONS = st.builds(OptionFigures, TEXTS, st.booleans(), st.floats(0, 1))
ITEMS = st.builds(
    ItemFigures,
    st.just("m"),
    st.from_regex(r"[a-z]{1,8}", fullmatch=True),
    TEXTS,
    COUNTS,
    st.floats(0, 1),
    st.one_of(st.none(), st.floats(-1, 1)),
    st.one_of(st.none(), st.integers(0, 6000).map(lambda halves: halves / 2)),
    SHARES,
    st.lists(OPTIONS, max_size=4).map(tuple),
)
STATES = st.sampled_from(["scheduled", "sending", "paused", "cancelled", "done"])
ANNOUNCEMENTS = st.builds(
    AnnouncementFigures, COUNTS, STATES, st.one_of(st.none(), MOMENTS), st.one_of(st.none(), TEXTS), *[COUNTS] * 6
)  # fmt: skip
WISHES = st.builds(WishFigures, TEXTS, st.sampled_from(["id", "en"]), COUNTS, MONDAYS)
OVERVIEWS = st.builds(
    Overview,
    MOMENTS,
    st.just("Asia/Jayapura"),
    *[COUNTS] * 5,
    SHARES,
    st.lists(st.builds(Week, MONDAYS, COUNTS, COUNTS), min_size=1, max_size=8).map(tuple),
    st.lists(WISHES, max_size=5).map(tuple),
)
REPORTS = st.builds(
    Report,
    OVERVIEWS,
    st.lists(MODULES, max_size=4).map(tuple),
    st.lists(ITEMS, max_size=4).map(tuple),
    st.lists(WISHES, max_size=8).map(tuple),
    st.lists(ANNOUNCEMENTS, max_size=3).map(tuple),
)
