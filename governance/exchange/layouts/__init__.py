"""Layouts that others settled: whose headings are known beforehand, and what each column means here."""

from governance.exchange.layouts.layout import Layout, recognised
from governance.exchange.layouts.lga import LGA

LAYOUTS: dict[str, Layout] = {LGA.key: LGA}

__all__ = ["LAYOUTS", "LGA", "Layout", "recognised"]
