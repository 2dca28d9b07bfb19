"""The plan of one set: how many repetitions, with which leg, in which view."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from lunge.coaching.records import Side
from lunge.exercises import exercise_with
from lunge.live.records import Count, TurnTo, Wishes
from lunge.records import Repetition


@dataclass(frozen=True)
class SetPlan:
    """Where a set stands.

    Attributes
    ----------
    wishes : Wishes
    done : tuple of {'left', 'right'}
        The legs that stepped back in the repetitions that counted, in order.
    """

    wishes: Wishes
    done: tuple[Side, ...] = ()

    def with_repetition(self, repetition: Repetition) -> SetPlan:
        """Return the plan after a repetition; one that is unfinished, or without a step, counts nothing."""
        leg = repetition.stepping_leg
        if leg is None or not repetition.complete:
            return self
        return SetPlan(self.wishes, (*self.done, leg))

    @cached_property
    def legs(self) -> tuple[Side, ...]:
        """The legs in the order that was asked for."""
        asked: dict[Side, int] = {"left": self.wishes.with_leg("left"), "right": self.wishes.with_leg("right")}
        order = self.wishes.order
        if order == "alternate" and self._on_seat:
            order = "left_first"
        if order == "alternate":
            return tuple(leg for i in range(self.wishes.repetitions) for leg in asked if i < asked[leg])
        if order in ("left", "right"):
            return (order,) * asked[order]
        first: Side = "left" if order == "left_first" else "right"
        return (first,) * asked[first] + (_other(first),) * asked[_other(first)]

    @cached_property
    def missing(self) -> tuple[Side, ...]:
        """The legs of the repetitions that are still to be done, in order."""
        missing = list(self.legs)
        for leg in self.done:
            if leg in missing:
                missing.remove(leg)
        return tuple(missing)

    @property
    def next_leg(self) -> Side | None:
        """The leg that is to step back next; None when all is done."""
        return next(iter(self.missing), None)

    @property
    def is_done(self) -> bool:
        """Whether every repetition asked for was done."""
        return self.next_leg is None

    @cached_property
    def _on_seat(self) -> bool:
        """Whether all this is done on a seat: there nobody turns round, or moves over after each repetition."""
        return exercise_with(self.wishes.variant).variant("seated") is not None

    @property
    def turn_to(self) -> TurnTo | None:
        """The view that the next repetition is asked for in: first the side, the last few facing the camera."""
        if self._on_seat:
            return None
        return "front" if len(self.missing) <= self.wishes.front_repetitions else "side"

    def count(self, leg: Side) -> Count:
        """Return how many repetitions of a leg are done, and how many were asked for."""
        return Count(self.done.count(leg), self.legs.count(leg))


def _other(side: Side) -> Side:
    return "right" if side == "left" else "left"
