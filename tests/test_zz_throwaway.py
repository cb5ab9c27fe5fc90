import re
from pathlib import Path

import pytest
from django.test import Client

from actions.models import ActionPlan
from governance.people.models import Role

pytestmark = [pytest.mark.usefixtures("northmere"), pytest.mark.django_db]


def test_dump():
    from governance.demo.seeds.processing import holder

    officer = holder(Role.IG_OFFICER)
    c = Client()
    c.force_login(officer)
    out = Path("/tmp/b/shots/completions")
    for plan in ActionPlan.objects.all():
        for name, url in (("order", f"{plan.get_absolute_url()}order/"), ("plan", plan.get_absolute_url())):
            r = c.get(url)
            t = re.sub(r"<[^>]+>", " ", r.content.decode())
            t = re.sub(r"\s*\n\s*", "\n", t)
            t = re.sub(r"[ ]+", " ", t)
            (out / f"{plan.code}-{name}.txt").write_text(f"{r.status_code}\n{t}")
    r = c.get("/")
    t = re.sub(r"<[^>]+>", " ", r.content.decode())
    t = re.sub(r"\s*\n\s*", "\n", t)
    (out / "home.txt").write_text(t)
