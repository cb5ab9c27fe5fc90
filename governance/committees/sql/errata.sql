-- An erratum names an issued paper from its first day on, and stays with it. (That it may go out without any figure is
-- said in the guard of papers: migration 0023.)
CREATE FUNCTION guard_erratum() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF tg_op = 'UPDATE' AND new.corrects_id IS DISTINCT FROM old.corrects_id THEN
    RAISE EXCEPTION 'an erratum stays with the paper that it corrects'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'erratum_stays_with_its_paper';
  END IF;
  IF new.corrects_id IS NOT NULL
     AND 'issued' IS DISTINCT FROM (SELECT state FROM committees_paper WHERE id = new.corrects_id) THEN
    RAISE EXCEPTION 'only an issued paper is corrected by an erratum'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'erratum_is_to_an_issued_paper';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER guard_erratum BEFORE INSERT OR UPDATE ON committees_paper
  FOR EACH ROW EXECUTE FUNCTION guard_erratum();
REVOKE EXECUTE ON FUNCTION guard_erratum() FROM PUBLIC;
