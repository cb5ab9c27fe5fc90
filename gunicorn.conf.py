"""What gunicorn reads by itself in the folder where it is started."""


def on_starting(server: object) -> None:
    """Before anything is written of any request: links that set passwords stay out of the logs."""
    from governance.core.logs import leave_links_out

    leave_links_out()
