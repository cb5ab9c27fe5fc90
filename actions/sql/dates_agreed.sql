-- A date that is written past the pages is held to the same: the owner does not agree to its own, and the action has
-- the date that stands when all is done. What is taken back says again who had agreed, whoever owns the action now.
CREATE FUNCTION actions_keep_agreed_date() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT new.void AND new.agreed_by_id = (SELECT owner_id FROM actions_action WHERE id = new.action_id) THEN
    RAISE EXCEPTION 'the post that owns an action cannot agree to its date'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'date_revision_is_not_agreed_by_the_owner';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER keep_agreed_date BEFORE INSERT ON actions_daterevision
  FOR EACH ROW EXECUTE FUNCTION actions_keep_agreed_date();

CREATE FUNCTION actions_follow_revisions() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (
       SELECT FROM actions_action a
       WHERE a.id = new.action_id AND a.due_on IS DISTINCT FROM COALESCE(
         (SELECT r.due_on FROM actions_daterevision r
          WHERE r.action_id = a.id AND NOT r.void
            AND NOT EXISTS (SELECT FROM actions_daterevision c WHERE c.corrects_id = r.id)
          ORDER BY r.effective_on DESC, r.place DESC LIMIT 1), a.original_due_on)) THEN
    RAISE EXCEPTION 'the due date of an action is the one that its revisions say'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'due_date_follows_its_revisions';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER follow_revisions AFTER INSERT ON actions_daterevision
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION actions_follow_revisions();
REVOKE EXECUTE ON FUNCTION actions_keep_agreed_date(), actions_follow_revisions() FROM PUBLIC;
