-- References that differ in capital letters alone keep standing, the later one with its key behind it, so that the
-- rules which follow find nothing in their way.
SELECT set_config('app.reason', 'Its reference was that of another but for capital letters', true);
UPDATE actions_action a SET reference = left(reference, 19 - length(id::text)) || '-' || id
 WHERE EXISTS (SELECT FROM actions_action o WHERE lower(o.reference) = lower(a.reference) AND o.id < a.id);
UPDATE actions_recommendation r SET reference = left(reference, 19 - length(id::text)) || '-' || id
 WHERE EXISTS (SELECT FROM actions_recommendation o
                WHERE o.audit_id = r.audit_id AND lower(o.reference) = lower(r.reference) AND o.id < r.id);
SELECT set_config('app.reason', '', true);
-- What the rows leave to be checked is checked here, before the tables change again.
SET CONSTRAINTS ALL IMMEDIATE;
