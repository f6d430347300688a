"""Who may do what, for whom: learners, supervisors, coordinators of units, and admins.

Admins are named in the settings and may everything. A coordinator has one unit or several, each with all below it, or everybody.
A supervisor is whom the roster names as somebody's. All the others are learners.
"""

from dataclasses import dataclass
from typing import Literal

Role = Literal["learner", "supervisor", "coordinator", "admin"]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person is to others.

    Attributes:
        admin: named in the settings.
        everybody: coordinates all learners, those without a place in the roster included.
        units: the ids of the units they coordinate, all below included.
        person_id: their place in the roster, None without one.
        supervises: whether somebody who works here reports to them.

    """

    admin: bool = False
    everybody: bool = False
    units: frozenset[int] = frozenset()
    person_id: int | None = None
    supervises: bool = False

    @property
    def role(self) -> Role:
        """The highest role of theirs."""
        if self.admin:
            return "admin"
        if self.everybody or self.units:
            return "coordinator"
        return "supervisor" if self.supervises else "learner"

    @property
    def leads(self) -> bool:
        """Whether there is anybody that they coordinate."""
        return self.role in {"admin", "coordinator"}

    @property
    def reaches_everybody(self) -> bool:
        """Whether what they do may concern every learner, as an announcement does."""
        return self.admin or self.everybody

    def coordinates(self, unit_id: int | None) -> bool:
        """Tell whether they manage a unit's people; None is those who have no place in the roster."""
        return self.reaches_everybody or (unit_id is not None and unit_id in self.units)

    def may_see(self, unit_id: int | None, supervisor_id: int | None) -> bool:
        """Tell whether they see how far somebody has come, who is in this unit and reports to this person: never what they answered."""
        reports_to_them = self.person_id is not None and supervisor_id == self.person_id
        return self.coordinates(unit_id) or reports_to_them

    def may_appoint(self, unit_id: int | None) -> bool:
        """Tell whether they give and take the role of a unit's coordinator; None is everybody's, which only admins do."""
        return self.admin if unit_id is None else self.coordinates(unit_id)
