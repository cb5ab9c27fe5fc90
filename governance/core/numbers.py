"""How large numbers may be."""

LARGEST_NUMBER = 2_147_483_647  # that a column of whole numbers takes
