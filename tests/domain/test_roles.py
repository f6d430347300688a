"""Who may do what, where: each standing against a unit of theirs, another's, and those without a place in the roster."""

import pytest

from bot.domain.roles import Role, Standing

OWN, OTHER, NOWHERE = 1, 9, None
ADMIN = Standing(admin=True)
EVERYBODYS = Standing(everybody=True)
UNITS = Standing(units=frozenset({OWN, 2}))
SUPERVISOR = Standing(person_id=7, supervises=True)
EMPLOYEE = Standing(person_id=8)
LEARNER = Standing()


@pytest.mark.parametrize(
    ("standing", "role", "leads", "reaches_everybody"),
    [
        (ADMIN, "admin", True, True),
        (EVERYBODYS, "coordinator", True, True),
        (UNITS, "coordinator", True, False),
        (SUPERVISOR, "supervisor", False, False),
        (EMPLOYEE, "learner", False, False),
        (LEARNER, "learner", False, False),
        (Standing(admin=True, units=frozenset({OWN}), person_id=7, supervises=True), "admin", True, True),
        (Standing(units=frozenset({OWN}), person_id=7, supervises=True), "coordinator", True, False),
    ],
)
def test_the_highest_role_counts(standing: Standing, role: Role, *, leads: bool, reaches_everybody: bool) -> None:
    assert (standing.role, standing.leads, standing.reaches_everybody) == (role, leads, reaches_everybody)


@pytest.mark.parametrize(
    ("standing", "coordinated", "appointed"),
    [
        (ADMIN, {OWN, OTHER, NOWHERE}, {OWN, OTHER, NOWHERE}),
        (EVERYBODYS, {OWN, OTHER, NOWHERE}, {OWN, OTHER}),
        (UNITS, {OWN}, {OWN}),
        (SUPERVISOR, set(), set()),
        (EMPLOYEE, set(), set()),
        (LEARNER, set(), set()),
    ],
)
def test_who_coordinates_and_appoints_where(standing: Standing, coordinated: set[int | None], appointed: set[int | None]) -> None:
    places = (OWN, OTHER, NOWHERE)
    assert {each for each in places if standing.coordinates(each)} == coordinated
    assert {each for each in places if standing.may_appoint(each)} == appointed


@pytest.mark.parametrize(
    ("standing", "unit_id", "supervisor_id", "seen"),
    [
        (ADMIN, NOWHERE, None, True),
        (EVERYBODYS, NOWHERE, None, True),
        (UNITS, OWN, None, True),
        (UNITS, OTHER, None, False),
        (UNITS, NOWHERE, None, False),
        (SUPERVISOR, OTHER, 7, True),
        (SUPERVISOR, OTHER, 8, False),
        (SUPERVISOR, OTHER, None, False),
        (LEARNER, NOWHERE, None, False),
    ],
)
def test_who_sees_how_far_somebody_has_come(standing: Standing, unit_id: int | None, supervisor_id: int | None, *, seen: bool) -> None:
    assert standing.may_see(unit_id, supervisor_id) is seen
