-- What was said about a draft stays as it was said; once the paper is issued nothing is added.
CREATE FUNCTION guard_comment() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  thread committees_sectioncomment;
  about bigint;
BEGIN
  IF tg_op = 'DELETE' THEN about := old.section_id; ELSE about := new.section_id; END IF;
  IF 'issued' IN (
    SELECT paper.state FROM committees_paper paper JOIN committees_papersection section ON section.paper_id = paper.id
     WHERE section.id = about FOR KEY SHARE OF paper
  ) THEN
    RAISE EXCEPTION 'an issued paper is not commented on any more'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'issued_paper_never_changes';
  END IF;
  IF tg_op = 'DELETE' THEN RETURN old; END IF;
  IF tg_op = 'INSERT' AND new.answers_id IS NOT NULL THEN
    SELECT * INTO thread FROM committees_sectioncomment WHERE id = new.answers_id FOR KEY SHARE;
    IF thread.section_id <> new.section_id OR thread.answers_id IS NOT NULL OR thread.settled_at IS NOT NULL THEN
      RAISE EXCEPTION 'a reply is to an open comment on the same section'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'reply_is_to_an_open_comment';
    END IF;
  END IF;
  IF tg_op = 'UPDATE' AND (
    (new.section_id, new.text, new.written_by_id, new.written_as, new.written_at)
      <> (old.section_id, old.text, old.written_by_id, old.written_as, old.written_at)
    OR new.answers_id IS DISTINCT FROM old.answers_id OR old.settled_at IS NOT NULL
  ) THEN
    RAISE EXCEPTION 'a comment stays as it was written, and is settled once'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'comment_never_changes';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER guard_comment BEFORE INSERT OR UPDATE OR DELETE ON committees_sectioncomment
  FOR EACH ROW EXECUTE FUNCTION guard_comment();
-- No session calls what only triggers call: nor what sql/clearance.sql brought.
REVOKE EXECUTE ON FUNCTION guard_comment(), keep_sending(), keep_clearance(), guard_clearer() FROM PUBLIC;
