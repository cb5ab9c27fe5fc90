-- What was entered twice before the database refused it keeps standing under a name of its own, so that the rules which
-- follow find nothing in their way; an assurance that was recorded twice stands once.
SELECT set_config('app.reason', 'It had the name of another, which the product now refuses', true);
-- The code of a plan stays, but where another stands in its way.
ALTER TABLE actions_actionplan DISABLE TRIGGER keep_code;
UPDATE actions_actionplan p SET code = left(code, 40) || '-' || id
 WHERE EXISTS (SELECT FROM actions_actionplan o WHERE lower(o.code) = lower(p.code) AND o.id < p.id);
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE actions_actionplan ENABLE TRIGGER keep_code;
UPDATE actions_maturitymodel m SET name = left(name, 75) || ' (' || code || ')'
 WHERE NOT in_use
   AND EXISTS (SELECT FROM actions_maturitymodel o WHERE NOT o.in_use AND lower(o.name) = lower(m.name) AND o.id < m.id);
UPDATE actions_maturityassessment a SET assessor = left(assessor, 180) || ' (' || reference || ')'
 WHERE EXISTS (SELECT FROM actions_maturityassessment o
                WHERE o.model_id = a.model_id AND o.as_at = a.as_at AND lower(o.assessor) = lower(a.assessor)
                  AND o.id < a.id);
SELECT set_config('app.reason', 'It was recorded twice', true);
UPDATE actions_assurance a SET mistaken_at = now(), mistaken_because = 'It was recorded twice'
 WHERE EXISTS (SELECT FROM actions_assurance o
                WHERE o.plan_id = a.plan_id AND o.given_on = a.given_on AND o.due_on = a.due_on AND o.text = a.text
                  AND o.id < a.id);
SELECT set_config('app.reason', '', true);
-- What the rows leave to be checked is checked here, before the tables change again.
SET CONSTRAINTS ALL IMMEDIATE;
