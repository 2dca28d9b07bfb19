"""Questionnaires of the person's own: files of FHIR R4, asked item by item and answered as FHIR.

`reading` reads a file, `answering` what was said, `responding` writes it down, `keeping` has the folder.
"""
