-- What the services refuse, the database refuses too: whoever writes past them is told the same.

-- What waited on an action that was entered in error waits no longer.
SELECT set_config('app.reason', 'The action was entered in error', true);
DELETE FROM actions_dependency d USING actions_action a
 WHERE a.id IN (d.action_id, d.needs_action_id) AND a.mistaken_at IS NOT NULL
   AND d.from_on >= (now() AT TIME ZONE 'Europe/London')::date;
UPDATE actions_dependency d SET until_on = (now() AT TIME ZONE 'Europe/London')::date - 1 FROM actions_action a
 WHERE a.id IN (d.action_id, d.needs_action_id) AND a.mistaken_at IS NOT NULL
   AND (d.until_on IS NULL OR d.until_on >= (now() AT TIME ZONE 'Europe/London')::date);
SELECT set_config('app.reason', '', true);
SET CONSTRAINTS ALL IMMEDIATE;

-- A scope area is of the audit that is spoken of; of an action, of the audit of its plan when that was said.
CREATE FUNCTION actions_keep_scope_area() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  wanted bigint;
BEGIN
  IF tg_table_name = 'actions_action' THEN
    SELECT audit_id INTO wanted FROM actions_actionplan WHERE id = new.plan_id;
  ELSE
    wanted := new.audit_id;
  END IF;
  IF (SELECT audit_id FROM actions_scopearea WHERE id = new.scope_area_id) IS DISTINCT FROM wanted THEN
    RAISE EXCEPTION 'the scope area is that of another audit'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'scope_area_is_of_the_same_audit';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER keep_scope_area BEFORE INSERT ON actions_action
  FOR EACH ROW WHEN (new.scope_area_id IS NOT NULL) EXECUTE FUNCTION actions_keep_scope_area();
CREATE TRIGGER keep_scope_area_changed BEFORE UPDATE ON actions_action
  FOR EACH ROW WHEN (new.scope_area_id IS NOT NULL
                     AND (new.scope_area_id, new.plan_id) IS DISTINCT FROM (old.scope_area_id, old.plan_id))
  EXECUTE FUNCTION actions_keep_scope_area();
CREATE TRIGGER keep_scope_area BEFORE INSERT OR UPDATE ON actions_recommendation
  FOR EACH ROW WHEN (new.scope_area_id IS NOT NULL) EXECUTE FUNCTION actions_keep_scope_area();
CREATE TRIGGER keep_scope_area BEFORE INSERT OR UPDATE ON actions_audittext
  FOR EACH ROW WHEN (new.scope_area_id IS NOT NULL) EXECUTE FUNCTION actions_keep_scope_area();

CREATE FUNCTION actions_keep_area_in_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the scope area % stays in its audit', old.code
    USING ERRCODE = 'check_violation', CONSTRAINT = 'scope_area_stays_in_its_audit';
END $$;
CREATE TRIGGER keep_area_in_audit BEFORE UPDATE ON actions_scopearea
  FOR EACH ROW WHEN (new.audit_id <> old.audit_id) EXECUTE FUNCTION actions_keep_area_in_audit();

-- Is there a circle among what waits on what on that day? Whatever needs nothing is put aside, then what needed only
-- that, and so on: what is left over waits on itself. As long as there are waits, so long it takes.
CREATE FUNCTION actions_goes_in_a_circle(day date) RETURNS boolean LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
  waiting int[];
  needed int[];
  unmet int[];
  first int[];
  ready int[];
  number int;
  done int := 0;
  k int;
BEGIN
  WITH wait AS (
    SELECT action_id AS one, needs_action_id AS other FROM actions_dependency
     WHERE needs_action_id IS NOT NULL AND from_on <= day AND (until_on IS NULL OR until_on >= day)
  ), node AS (
    SELECT key, row_number() OVER (ORDER BY key) AS place
      FROM (SELECT one FROM wait UNION SELECT other FROM wait) n(key)
  )
  SELECT array_agg(o.place ORDER BY n.place), array_agg(n.place ORDER BY n.place), (SELECT count(*) FROM node)
    INTO waiting, needed, number
    FROM wait JOIN node o ON o.key = one JOIN node n ON n.key = other;
  IF number = 0 OR waiting IS NULL THEN RETURN false; END IF;
  unmet := array_fill(0, ARRAY[number]);
  first := array_fill(0, ARRAY[number]);
  FOR k IN 1 .. cardinality(waiting) LOOP
    unmet[waiting[k]] := unmet[waiting[k]] + 1;
    IF first[needed[k]] = 0 THEN first[needed[k]] := k; END IF;
  END LOOP;
  SELECT array_agg(place) INTO ready FROM unnest(unmet) WITH ORDINALITY u(left_over, place) WHERE left_over = 0;
  WHILE done < coalesce(cardinality(ready), 0) LOOP
    done := done + 1;
    k := first[ready[done]];
    WHILE k > 0 AND needed[k] = ready[done] LOOP
      unmet[waiting[k]] := unmet[waiting[k]] - 1;
      IF unmet[waiting[k]] = 0 THEN ready := ready || waiting[k]; END IF;
      k := k + 1;
    END LOOP;
  END LOOP;
  RETURN done < number;
END $$;

-- What waits on what never goes in a circle on any day, and nothing waits that was entered in error, nor is waited for.
CREATE FUNCTION actions_keep_order() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  day date;
BEGIN
  -- What merely ends sooner closes nothing.
  IF tg_op = 'UPDATE' THEN
    IF NOT EXISTS (
         SELECT FROM new_rows n LEFT JOIN old_rows o ON o.id = n.id
          WHERE (n.action_id, n.needs_action_id, n.from_on)
                IS DISTINCT FROM (o.action_id, o.needs_action_id, o.from_on)
             OR coalesce(n.until_on, 'infinity') > coalesce(o.until_on, 'infinity')) THEN RETURN NULL; END IF;
  END IF;
  PERFORM pg_advisory_xact_lock(424230);
  PERFORM FROM actions_action WHERE mistaken_at IS NULL AND id IN (
    SELECT action_id FROM new_rows UNION SELECT needs_action_id FROM new_rows) FOR SHARE;
  IF EXISTS (SELECT FROM new_rows n JOIN actions_action a ON a.id IN (n.action_id, n.needs_action_id)
              WHERE a.mistaken_at IS NOT NULL) THEN
    RAISE EXCEPTION 'the action was entered in error'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'of_an_action_in_error_nothing_stands';
  END IF;
  -- A circle closes on the first day on which all of it holds: that of a new wait, or of one that begins later.
  FOR day IN
    SELECT d.from_on FROM (SELECT DISTINCT from_on FROM actions_dependency WHERE needs_action_id IS NOT NULL) d
     WHERE EXISTS (SELECT FROM new_rows n WHERE n.needs_action_id IS NOT NULL AND n.from_on <= d.from_on
                     AND (n.until_on IS NULL OR n.until_on >= d.from_on))
  LOOP
    IF actions_goes_in_a_circle(day) THEN
      RAISE EXCEPTION 'what waits on what would go in a circle from %', day
        USING ERRCODE = 'check_violation', CONSTRAINT = 'dependency_goes_in_no_circle';
    END IF;
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER keep_order AFTER INSERT ON actions_dependency REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION actions_keep_order();
CREATE TRIGGER keep_order_changed AFTER UPDATE ON actions_dependency
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION actions_keep_order();

-- Two actions do not overlap of which one was entered in error.
CREATE FUNCTION actions_keep_overlap_standing() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM FROM actions_action WHERE id IN (new.action_id, new.other_id) FOR SHARE;
  IF EXISTS (SELECT FROM actions_action WHERE id IN (new.action_id, new.other_id) AND mistaken_at IS NOT NULL) THEN
    RAISE EXCEPTION 'the action was entered in error'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'of_an_action_in_error_nothing_stands';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER keep_overlap_standing BEFORE INSERT ON actions_overlap
  FOR EACH ROW WHEN (NOT new.void) EXECUTE FUNCTION actions_keep_overlap_standing();

-- Nothing waits on an action that turns out to have been entered in error, it waits on nothing, and overlaps none.
CREATE FUNCTION actions_keep_error_alone() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM actions_dependency WHERE new.id IN (action_id, needs_action_id)
             AND (until_on IS NULL OR until_on >= (now() AT TIME ZONE 'Europe/London')::date))
     OR EXISTS (SELECT FROM actions_overlap o WHERE new.id IN (o.action_id, o.other_id) AND NOT o.void
                AND NOT EXISTS (SELECT FROM actions_overlap c WHERE c.corrects_id = o.id)) THEN
    RAISE EXCEPTION 'something waits on %, or overlaps it', new.reference
      USING ERRCODE = 'check_violation', CONSTRAINT = 'of_an_action_in_error_nothing_stands';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER keep_error_alone BEFORE UPDATE ON actions_action
  FOR EACH ROW WHEN (old.mistaken_at IS NULL AND new.mistaken_at IS NOT NULL)
  EXECUTE FUNCTION actions_keep_error_alone();

-- What was approved or verified is so once, not before it was claimed, and by a body only with its decision.
CREATE FUNCTION actions_keep_completion_once() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  claimed record;
BEGIN
  SELECT effective_on, place INTO claimed FROM actions_progressupdate WHERE id = new.claim_id;
  IF new.effective_on < claimed.effective_on THEN
    RAISE EXCEPTION 'it was claimed on % only', claimed.effective_on
      USING ERRCODE = 'check_violation', CONSTRAINT = 'completion_is_not_before_its_claim';
  END IF;
  IF new.kind = 'refused' THEN RETURN new; END IF;
  IF new.kind = 'approved' AND new.decision = '' AND EXISTS (
       SELECT FROM actions_action a JOIN actions_actionplan p ON p.id = a.plan_id
        WHERE a.id = new.action_id
          AND CASE WHEN a.approver_id IS NULL AND a.approving_body = '' THEN p.approving_body
                   ELSE a.approving_body END <> '') THEN
    RAISE EXCEPTION 'a body approves by a decision'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'completion_of_a_body_names_its_decision';
  END IF;
  PERFORM FROM actions_action WHERE id = new.action_id FOR NO KEY UPDATE;
  -- While the claim waits again, since what completed the action never happened, it may be approved again.
  IF 'completed' = (
       SELECT u.status FROM actions_progressupdate u
        WHERE u.action_id = new.action_id AND NOT u.void
          AND NOT EXISTS (SELECT FROM actions_progressupdate c WHERE c.corrects_id = u.id)
        ORDER BY u.effective_on DESC, u.place DESC LIMIT 1)
     AND EXISTS (
       SELECT FROM actions_completion o JOIN actions_progressupdate u ON u.id = o.claim_id
        WHERE o.action_id = new.action_id AND o.kind = new.kind AND NOT o.void AND u.place = claimed.place
          AND NOT EXISTS (SELECT FROM actions_completion c WHERE c.corrects_id = o.id)) THEN
    RAISE EXCEPTION 'this claim is % already', new.kind
      USING ERRCODE = 'check_violation', CONSTRAINT = 'completion_is_said_once_of_a_claim';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER keep_completion_once BEFORE INSERT ON actions_completion
  FOR EACH ROW WHEN (NOT new.void AND new.corrects_id IS NULL) EXECUTE FUNCTION actions_keep_completion_once();

-- A follow-up that is moved says why.
CREATE FUNCTION actions_keep_range() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM actions_plannedrange r
              WHERE r.follow_up_id = new.follow_up_id AND NOT r.void
                AND NOT EXISTS (SELECT FROM actions_plannedrange c WHERE c.corrects_id = r.id)) THEN
    RAISE EXCEPTION 'a follow-up that is moved says why'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'planned_range_moved_says_why';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER keep_range BEFORE INSERT ON actions_plannedrange
  FOR EACH ROW WHEN (NOT new.void AND new.reason = '') EXECUTE FUNCTION actions_keep_range();

-- What takes the place of an action does so once that is withdrawn.
CREATE FUNCTION actions_keep_replacement() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM FROM actions_action WHERE id = new.action_id AND status = 'withdrawn' AND mistaken_at IS NULL FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'nothing takes the place of an action that is not withdrawn'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'replaced_action_is_withdrawn';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER keep_replacement BEFORE INSERT ON actions_actionreplacement
  FOR EACH ROW EXECUTE FUNCTION actions_keep_replacement();

REVOKE EXECUTE ON FUNCTION actions_keep_scope_area(), actions_keep_area_in_audit(), actions_keep_order(),
  actions_keep_overlap_standing(), actions_keep_error_alone(), actions_keep_completion_once(), actions_keep_range(),
  actions_keep_replacement() FROM PUBLIC;
