-- The claims of an action that stand: live, and the action not opened again since. It is opened again by whatever
-- claims nothing, and by what awaits approval next after it was completed. An update that put another right has its
-- place.
CREATE OR REPLACE FUNCTION actions_standing_claims(wanted bigint) RETURNS SETOF bigint
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  WITH live AS (
    SELECT u.place, u.effective_on, u.status, lag(u.status) OVER (ORDER BY u.effective_on, u.place) AS before
    FROM actions_progressupdate u
    WHERE u.action_id = wanted AND NOT u.void
      AND NOT EXISTS (SELECT FROM actions_progressupdate c WHERE c.corrects_id = u.id)),
  opening AS (
    SELECT place, effective_on FROM live
    WHERE status NOT IN ('awaiting_approval', 'completed')
       OR status = 'awaiting_approval' AND before = 'completed')
  SELECT place FROM live l
  WHERE status IN ('awaiting_approval', 'completed')
    AND NOT EXISTS (SELECT FROM opening o WHERE (o.effective_on, o.place) > (l.effective_on, l.place))
$$;
