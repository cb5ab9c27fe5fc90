-- What a committee was told of maturity stands as it was known: no level is slipped in behind a paper that went out.
CREATE FUNCTION refuse_maturity_known_before_freeze() RETURNS trigger LANGUAGE plpgsql
  SET search_path = public, pg_temp AS $$
DECLARE frozen timestamptz;
BEGIN
  SELECT max(issue.known_before) INTO frozen
    FROM committees_issue issue JOIN committees_paper paper ON paper.id = issue.paper_id
   WHERE paper.tells_maturity;
  IF new.known_at < frozen THEN
    RAISE EXCEPTION 'this was known % by what is said, but a paper on maturity was frozen % without it',
      new.known_at, frozen
      USING ERRCODE = 'check_violation', CONSTRAINT = 'known_after_the_last_freeze';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER refuse_known_before_freeze BEFORE INSERT ON actions_maturityscore
  FOR EACH ROW EXECUTE FUNCTION refuse_maturity_known_before_freeze();
REVOKE EXECUTE ON FUNCTION refuse_maturity_known_before_freeze() FROM PUBLIC;
