-- A rating that was taken back stays as it is, for whoever reads what was said; another may be entered beside it.
CREATE FUNCTION keep_taken_back() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF old.void THEN
    RAISE EXCEPTION 'a rating that was taken back stays as it is'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'rating_taken_back_stays';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER keep_taken_back BEFORE UPDATE ON actions_followuprating
  FOR EACH ROW EXECUTE FUNCTION keep_taken_back();
REVOKE EXECUTE ON FUNCTION keep_taken_back() FROM PUBLIC;
