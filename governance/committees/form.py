"""The council's form of a report: the headings a new paper starts with (Coventry's form).

Unnumbered headings belong to the front sheet. The texts are the places where sentences from the ledger go.
"""

# Under this heading the paper lists its own appendices.
LIST_OF_APPENDICES = "List of appendices included"
HEADINGS: tuple[tuple[str, str, str], ...] = (
    ("", "Executive summary", "{{summary}}\n\n{{movement}}"),
    ("", "Recommendations", ""),
    ("", LIST_OF_APPENDICES, ""),
    ("", "Other useful background papers", ""),
    ("", "Has it been or will it be considered by Scrutiny?", ""),
    (
        "",
        "Has it been or will it be considered by any other Council Committee, Advisory Panel or other body?",
        "",
    ),
    ("", "Will this report go to Council?", ""),
    ("1", "Context (or background)", ""),
    ("2", "Options considered and recommended proposal", ""),
    ("2.1", "Progress", "{{waiting}}"),
    ("3", "Results of consultation undertaken", ""),
    ("4", "Timetable for implementing this decision", ""),
    ("5", "Comments from the finance director", ""),
    ("5.1", "Financial implications", ""),
    ("5.2", "Legal implications", ""),
    ("6", "Other implications", ""),
    ("6.1", "How will this contribute to achievement of the council's key objectives?", ""),
    ("6.2", "How is risk being managed?", ""),
    ("6.3", "What is the impact on the organisation?", ""),
    ("6.4", "Equalities / EIA", ""),
    ("6.5", "Implications for (or impact on) the environment", ""),
    ("6.6", "Implications for partner organisations?", ""),
)
