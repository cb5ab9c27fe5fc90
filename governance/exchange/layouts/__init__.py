"""Layouts that others settled: whose headings are known beforehand, and what each column means here."""

from governance.exchange.layouts.layout import Layout, others, recognised
from governance.exchange.layouts.lga import LGA, LGA_PROCESSING

LAYOUTS: dict[str, Layout] = {each.key: each for each in (LGA, LGA_PROCESSING)}

__all__ = ["LAYOUTS", "LGA", "LGA_PROCESSING", "Layout", "others", "recognised"]
