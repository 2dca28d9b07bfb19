"""Sets, comfort and scores as a FHIR R4 Bundle.

Only codes of LOINC that were looked up are used; everything else has a code of our own. Angles that a camera
saw at the lowest point of an exercise are no range of motion as an examiner measures it, and have no code of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid5

from lunge.storage.done import LegFigures, SetFigures
from lunge.storage.instants import local
from lunge.storage.records import DiaryEntry, OutcomeScore, QuestionnaireAnswer

LOINC: Final = "http://loinc.org"
UCUM: Final = "http://unitsofmeasure.org"
CATEGORIES: Final = "http://terminology.hl7.org/CodeSystem/observation-category"
OWN: Final = "urn:lunge:codes"
SPACE: Final = UUID("6c756e67-6500-5000-8000-000000000001")
"""From it and the names of our records come those of the resources: the same each time."""

DURATION, ACTIVITY = ("55411-3", "Exercise duration"), ("73985-4", "Exercise activity")
PAIN = ("72514-3", "How it feels, 0 to 10")

NOTICE: Final = (
    "This material contains content from LOINC (http://loinc.org). LOINC is copyright Regenstrief Institute, Inc. "
    "and the Logical Observation Identifiers Names and Codes (LOINC) Committee and is available at no cost under "
    "the license at http://loinc.org/license. LOINC is a registered United States trademark of Regenstrief "
    "Institute, Inc.\n"
)

CODES: Final = {
    "repetitions": ("Repetitions", "{count}"),
    "in_form": ("Repetitions in form", "{count}"),
    "hold_s": ("Hold of the lunge, mean", "s"),
    "hold_in_form_s": ("Hold of the lunge in form, mean", "s"),
    "depth_deg": ("Front thigh above the horizontal at the lowest point, mean", "deg"),
    "depth_spread_deg": ("Its standard deviation between repetitions", "deg"),
    "step_length_m": ("Step length, mean", "m"),
    "step_length_heights": ("Step length in body heights, mean", "1"),
    "effort": ("Effort, 0 to 10", "{score}"),
    "score": ("Score of a questionnaire", "1"),
}
"""Our own codes, with what they mean and their unit in UCUM."""

Resource = dict[str, Any]


def bundle(
    sets: Sequence[SetFigures],
    diary: Sequence[DiaryEntry],
    scores: Sequence[OutcomeScore],
    answers: Sequence[QuestionnaireAnswer],
) -> Resource:
    """Return a Bundle of type ``collection``."""
    patient = {"resourceType": "Patient", "id": PATIENT}
    found = [patient, _code_system()]
    for one in sets:
        found.extend(_set_resources(one))
    for entry in diary:
        found.extend(_diary_resources(entry))
    found.extend(_score_resource(score) for score in scores)
    for answer in answers:
        found.extend(_answer_resources(answer))
    entries = [{"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource} for resource in found]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def _set_resources(one: SetFigures) -> Iterator[Resource]:
    yield _observation(
        f"{one.set_id}/duration", one.at, one.zone, LOINC, DURATION, valueQuantity=_amount(one.duration_s, "s")
    )
    components = [part for leg, figures in sorted(one.legs.items()) for part in _components(leg, figures)]
    if one.effort is not None:
        components.append(_component("effort", one.effort))
    yield _observation(
        f"{one.set_id}/activity",
        one.at,
        one.zone,
        LOINC,
        ACTIVITY,
        valueCodeableConcept={"text": "Reverse lunge"},
        **({"component": components} if components else {}),
    )


def _components(leg: str, figures: LegFigures) -> Iterator[Resource]:
    for name in CODES:
        value = getattr(figures, name, None)
        if name == f"step_length_{figures.step_length_unit}":
            value = figures.step_length
        if value is not None:
            yield _component(name, value, leg)


def _component(name: str, value: float, leg: str | None = None) -> Resource:
    title, unit = CODES[name]
    text = f"{title} ({leg} leg back)" if leg else title
    return {"code": _coded(OWN, (name, text)), "valueQuantity": _amount(value, unit)}


def _diary_resources(entry: DiaryEntry) -> Iterator[Resource]:
    for part, value in (("back", entry.back), ("knee", entry.knee)):
        if value is not None:
            more = {"bodySite": {"text": part}, "note": [{"text": entry.moment.replace("_", " ")}]}
            name = f"{entry.id}/{part}"
            amount = _amount(value, "{score}")
            yield _observation(name, entry.at, entry.zone, LOINC, PAIN, valueQuantity=amount, **more)


def _score_resource(score: OutcomeScore) -> Resource:
    title, unit = CODES["score"]
    value = {"valueQuantity": _amount(score.score, unit), "note": [{"text": score.instrument}]}
    return _observation(f"{score.id}/score", score.at, score.zone, OWN, ("score", title), **value)


def _answer_resources(answer: QuestionnaireAnswer) -> Iterator[Resource]:
    """Yield what was answered, as it was kept, and the score of it."""
    name = f"{answer.id}/response"
    yield answer.response | {
        "id": _name(name),
        "subject": {"reference": f"urn:uuid:{PATIENT}"},
        "authored": local(answer.at, answer.zone).isoformat(timespec="seconds"),
    }
    if answer.score is not None:
        title, unit = CODES["score"]
        more = {"derivedFrom": [{"reference": f"urn:uuid:{_name(name)}"}], "note": [{"text": answer.title}]}
        amount = _amount(answer.score, unit)
        yield _observation(
            f"{answer.id}/score", answer.at, answer.zone, OWN, ("score", title), valueQuantity=amount, **more
        )


def _observation(name: str, at: datetime, zone: str, system: str, code: tuple[str, str], **more: Any) -> Resource:
    return {
        "resourceType": "Observation",
        "id": _name(name),
        "status": "final",
        "category": [{"coding": [{"system": CATEGORIES, "code": "activity"}]}],
        "code": _coded(system, code),
        "subject": {"reference": f"urn:uuid:{PATIENT}"},
        "effectiveDateTime": local(at, zone).isoformat(timespec="seconds"),
        **more,
    }


def _coded(system: str, code: tuple[str, str]) -> Resource:
    return {"coding": [{"system": system, "code": code[0]}], "text": code[1]}


def _amount(value: float, unit: str) -> Resource:
    return {"value": value, "unit": unit.strip("{}"), "system": UCUM, "code": unit}


def _code_system() -> Resource:
    concepts = [{"code": code, "display": title} for code, (title, _) in CODES.items()]
    about = {"url": OWN, "name": "LungeCodes", "status": "active", "content": "complete", "concept": concepts}
    return {"resourceType": "CodeSystem", "id": _name("codes"), **about}


def _name(of: str) -> str:
    return str(uuid5(SPACE, of))


PATIENT: Final = _name("patient")
"""Every resource names it."""
