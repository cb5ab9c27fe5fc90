"""What is said about a section of a draft."""

from __future__ import annotations

from governance.core.forms import Explanation, Form


class CommentForm(Form):
    """A comment, or a reply to one."""

    text = Explanation(label="Comment")
