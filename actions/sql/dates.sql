-- The first due date of an action is kept for good; the one it has now is what its revisions say.
CREATE FUNCTION keep_first_date() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF tg_op = 'INSERT' THEN
    new.original_due_on := new.due_on;
    RETURN new;
  END IF;
  -- Whoever saves an action as it was read before the database set this changes nothing.
  new.original_due_on := old.original_due_on;
  IF new.due_on IS DISTINCT FROM old.due_on AND new.due_on IS DISTINCT FROM COALESCE(
       (SELECT r.due_on FROM actions_daterevision r
        WHERE r.action_id = old.id AND NOT r.void
          AND NOT EXISTS (SELECT FROM actions_daterevision c WHERE c.corrects_id = r.id)
        ORDER BY r.effective_on DESC, r.place DESC LIMIT 1), old.original_due_on) THEN
    RAISE EXCEPTION 'a due date moves by a revision, which says why and who agreed'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'due_date_moves_by_a_revision';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER keep_first_date BEFORE INSERT OR UPDATE ON actions_action
  FOR EACH ROW EXECUTE FUNCTION keep_first_date();
REVOKE EXECUTE ON FUNCTION keep_first_date() FROM PUBLIC;
