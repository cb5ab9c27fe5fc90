-- What is not for publication belongs to what a post clears: to mark a part, to take a mark off or to change it changes
-- what is published. A paper without marks has the version that it had before.
ALTER FUNCTION committees_paper_words(bigint) RENAME TO committees_paper_text;
CREATE FUNCTION committees_paper_words(about bigint) RETURNS jsonb LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT committees_paper_text(about) || coalesce((
    SELECT jsonb_build_object('withheld', committees_digest(jsonb_agg(
        jsonb_build_array(section_id, appendix_id, "row", kind, paragraph, description, reason, withholds_heading)
        ORDER BY section_id, appendix_id, "row")))
      FROM committees_exemption WHERE paper_id = about
    HAVING count(*) > 0), '{}')
$$;

-- Words that were changed and changed back are cleared anew; the same words are not answered twice in a row.
-- It runs after keep_clearance, which stamps the version (triggers run by their names).
CREATE FUNCTION keep_one_answer() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (
    SELECT FROM committees_clearanceanswer
     WHERE sending_id = new.sending_id AND number = new.number - 1 AND version = new.version
  ) THEN
    RAISE EXCEPTION 'a version is answered again only once the words have changed'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'version_is_not_answered_twice_in_a_row';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER keep_one_answer BEFORE INSERT ON committees_clearanceanswer
  FOR EACH ROW EXECUTE FUNCTION keep_one_answer();
REVOKE EXECUTE ON FUNCTION keep_one_answer() FROM PUBLIC;
