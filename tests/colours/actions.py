"""What tests ask of the colours of actions."""

from datetime import timedelta

from actions.models import ProgressUpdate
from actions.models.colour import COLOURED
from governance.colours.models import with_colours
from governance.core.dates import today
from governance.figures.moment import Moment


def day(days):
    return today() + timedelta(days=days)


def colour_of(action, moment=None):
    moment = moment or Moment.now()
    rows = with_colours(ProgressUpdate.objects.filter(action=action).standing(moment), COLOURED, moment)
    row = rows.first()
    return row.colour if row else None
