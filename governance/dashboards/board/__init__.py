"""The dashboards: one page made of figures, for whoever answers for information risk."""
