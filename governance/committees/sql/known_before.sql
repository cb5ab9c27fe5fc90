-- What a committee was told hangs on dates and on overlaps too: neither is slipped in behind a paper that went out, of
-- an overlap behind none on the plan of either action.
CREATE OR REPLACE FUNCTION refuse_known_before_freeze() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
DECLARE frozen timestamptz;
BEGIN
  SELECT max(issue.known_before) INTO frozen
    FROM committees_issue issue
    JOIN committees_paperplan link ON link.paper_id = issue.paper_id
    JOIN actions_action action ON action.plan_id = link.plan_id
   WHERE action.id IN (new.action_id, (to_jsonb(new) ->> 'other_id')::bigint);
  IF new.known_at < frozen THEN
    RAISE EXCEPTION 'this was known % by what is said, but a paper on the plan was frozen % without it',
      new.known_at, frozen
      USING ERRCODE = 'check_violation', CONSTRAINT = 'known_after_the_last_freeze';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER refuse_known_before_freeze BEFORE INSERT ON actions_daterevision
  FOR EACH ROW EXECUTE FUNCTION refuse_known_before_freeze();
CREATE TRIGGER refuse_known_before_freeze BEFORE INSERT ON actions_overlap
  FOR EACH ROW EXECUTE FUNCTION refuse_known_before_freeze();
