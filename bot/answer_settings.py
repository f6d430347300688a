"""The settings of answers that a language model phrases from the cards found."""

import re
from pathlib import Path

from pydantic import Field, SecretStr, field_validator, model_validator

from bot import addresses
from bot.section import Section

KEY = re.compile(r"[!-~]*")  # what a header may hold: RFC 6750, section 2.1, and what servers take besides
KEY_RULE = "may hold letters, digits and signs without a space"


class AnswerSettings(Section):
    """Where answers are phrased, how long that may take and what it may cost. Prices are for a million tokens, in any one currency."""

    endpoint: str | None = None
    model: str = ""
    key: SecretStr = SecretStr("")
    key_file: Path | None = None
    timeout_seconds: float = Field(default=20, ge=1, le=120)
    max_tokens: int = Field(default=400, ge=50, le=4000)
    per_day: int = Field(default=500, ge=1, le=1_000_000)
    per_person_a_day: int = Field(default=20, ge=1, le=1000)
    price_in: float = Field(default=0, ge=0, allow_inf_nan=False)
    price_out: float = Field(default=0, ge=0, allow_inf_nan=False)
    budget_per_month: float | None = Field(default=None, gt=0, allow_inf_nan=False)

    @field_validator("endpoint")
    @classmethod
    def _is_an_address_or_none(cls, url: str | None) -> str | None:
        return addresses.checked(url) if url else None

    @field_validator("key")
    @classmethod
    def _fits_into_a_header(cls, key: SecretStr) -> SecretStr:
        bare = key.get_secret_value().strip()
        if not KEY.fullmatch(bare):
            raise ValueError(KEY_RULE)
        return SecretStr(bare)

    @model_validator(mode="after")
    def _is_complete(self) -> "AnswerSettings":
        if self.endpoint and not self.model:
            raise ValueError("endpoint needs model, the name by which the endpoint knows it")
        if (self.price_in > 0 or self.price_out > 0) is (self.budget_per_month is None):
            raise ValueError("price_in or price_out and budget_per_month belong together: one without the other caps nothing")
        return self
