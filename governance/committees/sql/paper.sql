-- What the database itself keeps true of papers (docs/decisions). Nothing here is for the application to call.

-- An issued paper, its plans and its sections never change.
CREATE FUNCTION guard_issued_paper() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF tg_op = 'INSERT' THEN
    IF new.state <> 'draft' THEN
      RAISE EXCEPTION 'a paper begins as a draft' USING ERRCODE = 'check_violation', CONSTRAINT = 'paper_begins_as_a_draft';
    END IF;
    RETURN new;
  END IF;
  IF old.state = 'issued' THEN
    RAISE EXCEPTION 'an issued paper never changes: % is refused', tg_op
      USING ERRCODE = 'check_violation', CONSTRAINT = 'issued_paper_never_changes';
  END IF;
  IF tg_op = 'DELETE' THEN RETURN old; END IF;
  IF new.state = 'issued' AND NOT EXISTS (SELECT FROM committees_publishedfigure WHERE paper_id = new.id) THEN
    RAISE EXCEPTION 'a paper is issued with its figures'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'paper_is_issued_with_its_figures';
  END IF;
  IF new.state = 'issued' AND new.origin = 'product'
     AND NOT EXISTS (SELECT FROM committees_issue WHERE paper_id = new.id) THEN
    RAISE EXCEPTION 'a paper is issued with its content'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'paper_is_issued_with_its_content';
  END IF;
  -- Every figure is of the paper's moment, and has its rows: unless the paper it is compared with has none.
  IF new.state = 'issued' AND new.origin = 'product' AND EXISTS (
    SELECT FROM committees_publishedfigure figure
      JOIN committees_issue issue ON issue.paper_id = figure.paper_id
      LEFT JOIN committees_publishedfigure earlier ON earlier.id = figure.earlier_id
     WHERE figure.paper_id = new.id
       AND (figure.as_at <> issue.as_at OR figure.known_before <> issue.known_before
            OR NOT figure.has_entries AND coalesce(earlier.has_entries, true))
  ) THEN
    RAISE EXCEPTION 'a figure of the paper is of another moment, or lacks its rows'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'figures_are_of_the_moment_of_the_paper';
  END IF;
  IF new.state = 'issued' AND new.origin = 'product' AND EXISTS (
    SELECT FROM committees_issue issue
      JOIN committees_paperplan ours ON ours.paper_id = issue.paper_id
      JOIN committees_paperplan theirs ON theirs.plan_id = ours.plan_id AND theirs.paper_id <> ours.paper_id
      JOIN committees_issue before ON before.paper_id = theirs.paper_id
     WHERE issue.paper_id = new.id AND issue.known_before < before.known_before
  ) THEN
    RAISE EXCEPTION 'a later paper on the plan is frozen already'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'paper_is_frozen_after_the_last';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER guard_issued_paper BEFORE INSERT OR UPDATE OR DELETE ON committees_paper
  FOR EACH ROW EXECUTE FUNCTION guard_issued_paper();

CREATE FUNCTION guard_part_of_issued_paper() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE papers bigint[] := '{}';
BEGIN
  IF tg_op <> 'INSERT' THEN papers := papers || old.paper_id; END IF;
  IF tg_op <> 'DELETE' THEN papers := papers || new.paper_id; END IF;
  -- The lock waits for whoever is issuing the paper, and then sees it issued; issuing waits for us.
  -- Order: the paper's row before the lock of the writers, as in services.issue.
  IF 'issued' IN (SELECT state FROM committees_paper WHERE id = ANY (papers) FOR KEY SHARE) THEN
    RAISE EXCEPTION 'an issued paper never changes: % on % is refused', tg_op, tg_table_name
      USING ERRCODE = 'check_violation', CONSTRAINT = 'issued_paper_never_changes';
  END IF;
  IF tg_op = 'DELETE' THEN RETURN old; END IF;
  RETURN new;
END $$;
CREATE TRIGGER guard_issued_paper BEFORE INSERT OR UPDATE OR DELETE ON committees_paperplan
  FOR EACH ROW EXECUTE FUNCTION guard_part_of_issued_paper();
CREATE TRIGGER guard_issued_paper BEFORE INSERT OR UPDATE OR DELETE ON committees_papersection
  FOR EACH ROW EXECUTE FUNCTION guard_part_of_issued_paper();
-- Nor does its ledger grow: figures are written while the paper is still a draft.
CREATE TRIGGER guard_issued_paper BEFORE INSERT ON committees_publishedfigure
  FOR EACH ROW EXECUTE FUNCTION guard_part_of_issued_paper();

-- What is published stands with its paper: neither a figure nor an issue is left behind with a draft.
CREATE FUNCTION require_issued_paper() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM committees_paper WHERE id = new.paper_id AND state <> 'issued') THEN
    RAISE EXCEPTION 'what is published belongs to an issued paper'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'published_with_its_paper';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER published_with_its_paper AFTER INSERT ON committees_issue
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_issued_paper();
CREATE CONSTRAINT TRIGGER published_with_its_paper AFTER INSERT ON committees_publishedfigure
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_issued_paper();

-- The moment of issue is the database's own clock, read when the row is written.
CREATE FUNCTION stamp_issue() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  new.issued_at := clock_timestamp();
  RETURN new;
END $$;
CREATE TRIGGER stamp_issue BEFORE INSERT ON committees_issue FOR EACH ROW EXECUTE FUNCTION stamp_issue();

-- A printed figure is the number of its entries: compared when the transaction ends, or when the service asks.
CREATE FUNCTION compare_figure_with_entries() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
  figure committees_publishedfigure;
  counted integer;
BEGIN
  IF tg_table_name = 'committees_publishedfigure' THEN
    figure := new;
  ELSE
    SELECT * INTO figure FROM committees_publishedfigure WHERE id = new.figure_id;
  END IF;
  SELECT count(*) INTO counted FROM committees_publishedentry WHERE figure_id = figure.id;
  IF counted <> (CASE WHEN figure.has_entries THEN figure.value ELSE 0 END) THEN
    RAISE EXCEPTION 'figure % of paper % says % and has % entries',
      figure.position, figure.paper_id, figure.value, counted
      USING ERRCODE = 'check_violation', CONSTRAINT = 'figure_equals_its_entries';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER figure_equals_its_entries AFTER INSERT ON committees_publishedfigure
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION compare_figure_with_entries();
CREATE CONSTRAINT TRIGGER entries_equal_their_figure AFTER INSERT ON committees_publishedentry
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION compare_figure_with_entries();

-- A file is stored with its own fingerprint, in the one format its paper has, and is never taken away.
ALTER TABLE committees_rendering ADD CONSTRAINT rendering_carries_its_fingerprint
  CHECK (file IS NULL OR sha256 = encode(sha256(file), 'hex'));
CREATE FUNCTION guard_finished_rendering() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF tg_op = 'INSERT' THEN
    IF (new.format = 'pdf') <> (SELECT origin = 'product' FROM committees_paper WHERE id = new.paper_id) THEN
      RAISE EXCEPTION 'a paper made here has a PDF, and one made before has its original file'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'rendering_is_in_the_format_of_its_paper';
    END IF;
    RETURN new;
  END IF;
  IF tg_op = 'DELETE' OR old.state = 'done' OR new.paper_id <> old.paper_id OR new.format <> old.format THEN
    RAISE EXCEPTION 'a rendering stays with its paper, and once finished never changes: % is refused', tg_op
      USING ERRCODE = 'check_violation', CONSTRAINT = 'finished_rendering_never_changes';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER guard_finished_rendering BEFORE INSERT OR UPDATE OR DELETE ON committees_rendering
  FOR EACH ROW EXECUTE FUNCTION guard_finished_rendering();

-- History may be brought in with a source document, but never slipped in behind a paper that has gone out:
-- what the committee was told must be what was known. Named to fire after keep_two_clocks has set known_at.
CREATE FUNCTION refuse_known_before_freeze() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE frozen timestamptz;
BEGIN
  SELECT max(issue.known_before) INTO frozen
    FROM committees_issue issue
    JOIN committees_paperplan link ON link.paper_id = issue.paper_id
    JOIN actions_action action ON action.plan_id = link.plan_id
   WHERE action.id = new.action_id;
  IF new.known_at < frozen THEN
    RAISE EXCEPTION 'this was known % by what is said, but a paper on the plan was frozen % without it', new.known_at, frozen
      USING ERRCODE = 'check_violation', CONSTRAINT = 'known_after_the_last_freeze';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER refuse_known_before_freeze BEFORE INSERT ON actions_progressupdate
  FOR EACH ROW EXECUTE FUNCTION refuse_known_before_freeze();

REVOKE EXECUTE ON FUNCTION guard_issued_paper(), guard_part_of_issued_paper(), stamp_issue(),
  compare_figure_with_entries(), require_issued_paper(), guard_finished_rendering(), refuse_known_before_freeze() FROM PUBLIC;
