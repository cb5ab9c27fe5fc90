"""The "IAR and RoPA" spreadsheet of LG Inform Plus (LGA and esd), which English councils exchange.

Its help page (help.esd.org.uk, "Edit IAR and/or RoPA and upload changes") speaks of columns A to AW. A to S
are known by heading; of the rest only what an older layout of the same tool called them. lga.csv says of each
how it is known; columns of a file that are not there are named on the page and never dropped in silence.
"""

from __future__ import annotations

from pathlib import Path

from governance.exchange.layouts.layout import Layout, columns_of, of_processing

LGA = Layout(
    key="lga",
    title="LGA/esd IAR and RoPA",
    register="assets",
    columns=columns_of(Path(__file__).with_name("lga.csv")),
)
# The same file for the other of its two registers: a row is matched by its asset, and changes the activity
# that works with it.
LGA_PROCESSING = Layout(
    key="lga-processing",
    title=LGA.title,
    register="activities",
    columns=of_processing(LGA.columns),
)
