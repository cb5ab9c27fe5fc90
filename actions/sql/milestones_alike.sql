-- Milestones of a plan that differ in capital letters alone keep standing, the later one with its key behind it, so
-- that the rule which follows finds nothing in its way.
SELECT set_config('app.reason', 'Its name was that of another but for capital letters', true);
UPDATE actions_milestone m SET title = left(title, 197 - length(id::text)) || ' (' || id || ')'
 WHERE EXISTS (SELECT FROM actions_milestone o
                WHERE o.plan_id = m.plan_id AND lower(o.title) = lower(m.title) AND o.id < m.id);
SELECT set_config('app.reason', '', true);
-- What the rows leave to be checked is checked here, before the table changes again.
SET CONSTRAINTS ALL IMMEDIATE;
