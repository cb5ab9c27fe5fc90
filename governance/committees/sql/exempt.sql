-- What is marked belongs to its paper, stands with it once it is issued, and what is confidential is never lifted.
CREATE TRIGGER guard_issued_paper BEFORE INSERT OR UPDATE OR DELETE ON committees_exemption
  FOR EACH ROW EXECUTE FUNCTION guard_part_of_issued_paper();
CREATE FUNCTION guard_exemption() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF new.section_id IS NOT NULL AND new.paper_id <> (SELECT paper_id FROM committees_papersection WHERE id = new.section_id)
     OR new.appendix_id IS NOT NULL AND new.paper_id <> (SELECT paper_id FROM committees_appendix WHERE id = new.appendix_id) THEN
    RAISE EXCEPTION 'what is exempt is a part of the same paper'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'exemption_is_of_its_own_paper';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER guard_exemption BEFORE INSERT OR UPDATE ON committees_exemption
  FOR EACH ROW EXECUTE FUNCTION guard_exemption();

CREATE FUNCTION guard_edition() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE lifted committees_exemption;
BEGIN
  new.made_at := clock_timestamp();
  IF new.lifts_id IS NOT NULL THEN
    SELECT * INTO lifted FROM committees_exemption WHERE id = new.lifts_id;
    IF lifted.kind = 'confidential' THEN
      RAISE EXCEPTION 'confidential information is not lifted here'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'confidential_is_never_lifted';
    END IF;
    IF lifted.paper_id <> new.paper_id THEN
      RAISE EXCEPTION 'what is lifted is of the same paper'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'edition_lifts_of_its_own_paper';
    END IF;
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER guard_edition BEFORE INSERT ON committees_edition FOR EACH ROW EXECUTE FUNCTION guard_edition();
CREATE CONSTRAINT TRIGGER published_with_its_paper AFTER INSERT ON committees_edition
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_issued_paper();

-- Only what was issued is withdrawn, and what replaces it was issued too; a tombstone is never taken away,
-- nor is a paper that was withdrawn served again.
CREATE FUNCTION guard_takedown() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF tg_op = 'DELETE' THEN
    RAISE EXCEPTION 'a tombstone stays' USING ERRCODE = 'check_violation', CONSTRAINT = 'tombstone_stays';
  END IF;
  IF tg_op = 'UPDATE' AND (new.paper_id <> old.paper_id OR old.reach = 'paper' AND new.reach <> 'paper') THEN
    RAISE EXCEPTION 'a tombstone stays' USING ERRCODE = 'check_violation', CONSTRAINT = 'tombstone_stays';
  END IF;
  IF EXISTS (SELECT FROM committees_paper WHERE id IN (new.paper_id, new.replaced_by_id) AND state <> 'issued') THEN
    RAISE EXCEPTION 'what is withdrawn, and what replaces it, was issued'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'takedown_is_of_issued_papers';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER guard_takedown BEFORE INSERT OR UPDATE OR DELETE ON committees_takedown
  FOR EACH ROW EXECUTE FUNCTION guard_takedown();

-- A file is of its paper as issued, or of one of its editions, and stays with that.
CREATE OR REPLACE FUNCTION guard_finished_rendering() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF tg_op = 'INSERT' THEN
    IF (new.format <> 'original') <> (SELECT origin = 'product' FROM committees_paper WHERE id = new.paper_id) THEN
      RAISE EXCEPTION 'a paper made here has files made from it, and one made before has its original file'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'rendering_is_in_the_format_of_its_paper';
    END IF;
    IF new.edition_id IS NOT NULL
       AND new.paper_id <> (SELECT paper_id FROM committees_edition WHERE id = new.edition_id) THEN
      RAISE EXCEPTION 'the file of an edition is of the same paper'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'rendering_is_of_its_own_paper';
    END IF;
    RETURN new;
  END IF;
  IF tg_op = 'DELETE' OR old.state = 'done' OR new.paper_id <> old.paper_id OR new.format <> old.format
     OR new.edition_id IS DISTINCT FROM old.edition_id THEN
    RAISE EXCEPTION 'a rendering stays with its paper, and once finished never changes: % is refused', tg_op
      USING ERRCODE = 'check_violation', CONSTRAINT = 'finished_rendering_never_changes';
  END IF;
  RETURN new;
END $$;

REVOKE EXECUTE ON FUNCTION guard_exemption(), guard_edition(), guard_takedown() FROM PUBLIC;
