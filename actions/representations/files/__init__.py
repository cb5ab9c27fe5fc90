"""Actions as rows of files: what comes in by which cell, and what leaves."""
