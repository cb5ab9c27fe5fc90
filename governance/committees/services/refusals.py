"""Why papers are not issued, as errors whose text is for the officer."""


class IssueRefusedError(Exception):
    """The paper cannot be issued as it stands; the text says why, to the officer."""


class RegisterBusyError(Exception):
    """Somebody held the registers for longer than we wait; nothing was written."""
