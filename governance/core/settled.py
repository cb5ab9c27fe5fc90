"""Memory of a process that answers requests."""

import gc


def settle() -> None:
    """Take what is loaded by now as there for good: no later collection of garbage looks through it again,
    which took a tenth of a second or more, now and then, out of somebody's request."""
    gc.collect()
    gc.freeze()
