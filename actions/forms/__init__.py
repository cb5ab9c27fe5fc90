"""The forms of action plans, a module for each thing that is entered."""
