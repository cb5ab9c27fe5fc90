-- As sql/paper.sql has it, but: a figure that an author inserted in a text may be as at an earlier day than the paper,
-- known at the same moment; and a policy, a decision or a paper on assets may go out without any figure.
CREATE OR REPLACE FUNCTION guard_issued_paper() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
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
  IF new.state = 'issued' AND new.kind NOT IN ('policy', 'decision', 'assets')
     AND NOT EXISTS (SELECT FROM committees_publishedfigure WHERE paper_id = new.id) THEN
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
       AND (figure.as_at > issue.as_at OR figure.as_at <> issue.as_at AND NOT figure.inserted
            OR figure.known_before <> issue.known_before
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
