-- What was published and is known otherwise (docs/decisions): found in order, adding up, and never found twice.
CREATE FUNCTION keep_restatement() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  told committees_publishedfigure;
  last committees_restatement;
BEGIN
  new.found_at := clock_timestamp();
  SELECT * INTO told FROM committees_publishedfigure WHERE id = new.figure_id;
  SELECT * INTO last FROM committees_restatement WHERE figure_id = new.figure_id ORDER BY number DESC LIMIT 1;
  IF new.number <> coalesce(last.number, 0) + 1 OR new.known_before <= coalesce(last.known_before, told.known_before) THEN
    RAISE EXCEPTION 'a restatement is found after the one before it, and after the figure was frozen'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'restatement_follows_the_last';
  END IF;
  IF told.movement <> '' OR NOT told.has_entries THEN
    RAISE EXCEPTION 'figure % of paper % has no records of its own to compare', told.position, told.paper_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'restatement_is_of_a_count_with_its_rows';
  END IF;
  IF new.now <> told.value + jsonb_array_length(new.came) - jsonb_array_length(new.went) THEN
    RAISE EXCEPTION 'a restated figure is what was told, and what came, less what went'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'restatement_adds_up';
  END IF;
  IF new.came = coalesce(last.came, '[]') AND new.went = coalesce(last.went, '[]') THEN
    RAISE EXCEPTION 'the same difference is not found twice, and without one there is nothing to find'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'restatement_says_something_new';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER keep_restatement BEFORE INSERT ON committees_restatement
  FOR EACH ROW EXECUTE FUNCTION keep_restatement();

-- Who recorded a fact that moved a figure does not say what sort of restatement that is.
CREATE FUNCTION keep_classing() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE found committees_restatement;
BEGIN
  new.classed_at := clock_timestamp();
  SELECT * INTO found FROM committees_restatement WHERE id = new.restatement_id;
  IF found.came = '[]' AND found.went = '[]' THEN
    RAISE EXCEPTION 'what does not differ has no class'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'classing_is_of_a_difference';
  END IF;
  IF new.number <> 1 + (SELECT count(*) FROM committees_classing WHERE restatement_id = new.restatement_id) THEN
    RAISE EXCEPTION 'a class follows the one before it'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'classing_follows_the_last';
  END IF;
  IF EXISTS (SELECT FROM jsonb_array_elements(found.causes) cause WHERE (cause ->> 'by')::bigint = new.classed_by_id) THEN
    RAISE EXCEPTION 'who recorded what moved a figure does not class its restatement'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'classing_is_not_by_who_moved_the_figure';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER keep_classing BEFORE INSERT ON committees_classing
  FOR EACH ROW EXECUTE FUNCTION keep_classing();

-- A paper tells of restatements while it is issued, and with a class of that restatement.
CREATE TRIGGER guard_issued_paper BEFORE INSERT ON committees_restatementnote
  FOR EACH ROW EXECUTE FUNCTION guard_part_of_issued_paper();
CREATE CONSTRAINT TRIGGER published_with_its_paper AFTER INSERT ON committees_restatementnote
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_issued_paper();
CREATE FUNCTION keep_restatement_note() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF new.classing_id IS NOT NULL AND NOT EXISTS (SELECT FROM committees_classing
       WHERE id = new.classing_id AND restatement_id = new.restatement_id) THEN
    RAISE EXCEPTION 'the class that is told is one of this restatement'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'note_tells_a_class_of_its_restatement';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER keep_restatement_note BEFORE INSERT ON committees_restatementnote
  FOR EACH ROW EXECUTE FUNCTION keep_restatement_note();

REVOKE EXECUTE ON FUNCTION keep_restatement(), keep_classing(), keep_restatement_note() FROM PUBLIC;
