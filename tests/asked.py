"""A made-up questionnaire with a bit of everything, for tests."""

import copy

POINTS = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
MOST = "http://hl7.org/fhir/StructureDefinition/maxValue"
LEAST = "http://hl7.org/fhir/StructureDefinition/minValue"
HIDDEN = "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden"
SYSTEM = "http://example.org/answers"


def coding(code, display, points=None):
    """Return a coding, with points where they are given."""
    more = {} if points is None else {"extension": [{"url": POINTS, "valueDecimal": points}]}
    return {"system": SYSTEM, "code": code, "display": display, **more}


DAILY = {
    "resourceType": "Questionnaire",
    "contained": [
        {
            "resourceType": "ValueSet",
            "id": "often",
            "compose": {
                "include": [
                    {
                        "system": SYSTEM,
                        "concept": [
                            {"code": "never", "display": "Never", "extension": [{"url": POINTS, "valueDecimal": 0}]},
                            {"code": "often", "display": "Often", "extension": [{"url": POINTS, "valueDecimal": 2}]},
                        ],
                    }
                ]
            },
        }
    ],
    "url": "http://example.org/Questionnaire/daily",
    "version": "2",
    "title": "Daily things",
    "status": "active",
    "language": "en",
    "copyright": "Made up for a test; nobody owns it.",
    "item": [
        {"linkId": "about", "type": "display", "text": "Think of the last week."},
        {
            "linkId": "1",
            "prefix": "1.",
            "type": "group",
            "text": "Getting about",
            "item": [
                {
                    "linkId": "1.1",
                    "type": "choice",
                    "text": "How were stairs?",
                    "required": True,
                    "answerOption": [
                        {"valueCoding": coding("easy", "Easy", 0)},
                        {"valueCoding": coding("hard", "Hard", 1.5)},
                    ],
                },
                {"linkId": "1.2", "type": "choice", "text": "How often?", "answerValueSet": "#often"},
            ],
        },
        {"linkId": "2", "type": "boolean", "text": "Did you walk outside?"},
        {
            "linkId": "2.1",
            "type": "integer",
            "text": "For how many minutes?",
            "required": True,
            "extension": [{"url": LEAST, "valueInteger": 1}, {"url": MOST, "valueInteger": 600}],
            "enableWhen": [{"question": "2", "operator": "=", "answerBoolean": True}],
        },
        {
            "linkId": "3",
            "type": "choice",
            "repeats": True,
            "text": "What helped?",
            "answerOption": [{"valueString": "Shoes"}, {"valueString": "Company"}],
        },
        {
            "linkId": "4",
            "type": "string",
            "text": "Who came along?",
            "maxLength": 20,
            "enableWhen": [{"question": "3", "operator": "=", "answerString": "Company"}],
        },
        {"linkId": "5", "type": "decimal", "text": "How many kilometres?", "initial": [{"valueDecimal": 1.5}]},
        {"linkId": "6", "type": "date", "text": "On which day?"},
        {"linkId": "7", "type": "text", "text": "Anything else?"},
        {"linkId": "8", "type": "quantity", "text": "Sum", "readOnly": True},
        {
            "linkId": "9",
            "type": "string",
            "extension": [{"url": HIDDEN, "valueBoolean": True}],
            "initial": [{"valueString": "paper"}],
        },
    ],
}

ALL = {
    "one:1.1": "1",
    "one:1.2": "1",
    "one:2": "yes",
    "one:2.1": "30",
    "many:1:3": "on",
    "one:4": "Anna",
    "one:5": "2,5",
    "one:6": "2026-03-04",
    "one:7": "It rained.",
}
"""Every question answered."""


def seen(*names):
    """Return the fields that say which items were on the page."""
    return {f"shown:{name}": "" for name in names}


EVERYTHING_SEEN = seen("1.1", "1.2", "2", "2.1", "3", "4", "5", "6", "7")


def daily(change=lambda data: None):
    """Return the questionnaire, changed."""
    data = copy.deepcopy(DAILY)
    change(data)
    return data
