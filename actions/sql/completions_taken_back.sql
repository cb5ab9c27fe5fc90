-- Who claims, who has seen a claim, and what an approval completed: said once, here. The pages ask these functions.

-- The claims of an action that stand: live, and the action not opened again since. An update that put another right
-- has its place.
CREATE FUNCTION actions_standing_claims(wanted bigint) RETURNS SETOF bigint
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  WITH live AS (
    SELECT u.place, u.effective_on, u.status IN ('awaiting_approval', 'completed') AS claims
    FROM actions_progressupdate u
    WHERE u.action_id = wanted AND NOT u.void
      AND NOT EXISTS (SELECT FROM actions_progressupdate c WHERE c.corrects_id = u.id))
  SELECT place FROM live l
  WHERE claims AND NOT EXISTS (SELECT FROM live o WHERE NOT o.claims
                               AND (o.effective_on, o.place) > (l.effective_on, l.place))
$$;

-- Does this person claim that the action is done? Whoever holds the post that owns it today, also where somebody else
-- reported for them; and whoever recorded a claim that stands, also one that another has put right since.
CREATE FUNCTION actions_is_claimed_by(wanted bigint, person bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
           SELECT FROM actions_action a JOIN people_postholding h ON h.post_id = a.owner_id
           WHERE a.id = wanted AND h.person_id = person AND h.from_on <= (now() AT TIME ZONE 'Europe/London')::date
             AND (h.until_on IS NULL OR h.until_on >= (now() AT TIME ZONE 'Europe/London')::date))
      OR EXISTS (
           SELECT FROM actions_progressupdate u
           WHERE u.action_id = wanted AND u.recorded_by_id = person AND NOT u.void
             AND u.status IN ('awaiting_approval', 'completed')
             AND u.place IN (SELECT * FROM actions_standing_claims(wanted)))
$$;

-- Has this person said one of these things of a claim that stands, and not taken it back?
CREATE FUNCTION actions_has_said(wanted bigint, person bigint, kinds text[]) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM actions_completion o JOIN actions_progressupdate u ON u.id = o.claim_id
    WHERE o.action_id = wanted AND o.recorded_by_id = person AND o.kind = ANY (kinds) AND NOT o.void
      AND NOT EXISTS (SELECT FROM actions_completion c WHERE c.corrects_id = o.id)
      AND u.place IN (SELECT * FROM actions_standing_claims(wanted)))
$$;

-- The place of the update by which an approval completed its action: what was recorded next after it, since nobody
-- else reports meanwhile. Nothing where the action was said to be completed before it was approved.
CREATE FUNCTION actions_completed_by(approval bigint) RETURNS bigint
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT min(u.id) FROM actions_completion o
  JOIN actions_progressupdate claim ON claim.id = o.claim_id AND claim.status = 'awaiting_approval'
  JOIN actions_progressupdate u ON u.action_id = o.action_id AND u.recorded_at >= o.recorded_at
   AND u.recorded_by_id = o.recorded_by_id AND u.effective_on = o.effective_on
   AND u.status = 'completed' AND u.corrects_id IS NULL
  WHERE o.id = approval AND o.kind = 'approved'
$$;

-- Does a verification that was not taken back rest on this approval: on its claim, or on what it completed?
CREATE FUNCTION actions_is_verified_upon(approval bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM actions_completion o
    JOIN actions_progressupdate claim ON claim.id = o.claim_id
    JOIN actions_completion v ON v.action_id = o.action_id AND v.kind = 'verified' AND NOT v.void
    JOIN actions_progressupdate seen ON seen.id = v.claim_id
    WHERE o.id = approval AND o.kind = 'approved'
      AND seen.place IN (claim.place, actions_completed_by(o.id))
      AND NOT EXISTS (SELECT FROM actions_completion c WHERE c.corrects_id = v.id))
$$;

-- A completion is of a claim of the same action, and never by who claims it; nobody approves and verifies both. What is
-- taken back is one that was given, with nothing resting on it.
CREATE OR REPLACE FUNCTION keep_completion() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  claimed record;
  given record;
BEGIN
  SELECT action_id, status, void INTO claimed FROM actions_progressupdate WHERE id = new.claim_id;
  IF claimed.action_id <> new.action_id OR claimed.void
     OR claimed.status NOT IN ('awaiting_approval', 'completed') THEN
    RAISE EXCEPTION 'what is approved or verified is a claim that this action is done'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'completion_is_of_a_claim';
  END IF;
  IF new.void THEN
    SELECT kind, claim_id, void INTO given FROM actions_completion WHERE id = new.corrects_id;
    IF given.void OR new.kind = 'refused' OR (given.kind, given.claim_id) <> (new.kind, new.claim_id) THEN
      RAISE EXCEPTION 'what is taken back is an approval or a verification that was given'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'completion_taken_back_was_given';
    END IF;
    IF actions_is_verified_upon(new.corrects_id) THEN
      RAISE EXCEPTION 'a verification rests on this approval'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'completion_verified_is_not_taken_back';
    END IF;
    RETURN new;
  END IF;
  IF actions_is_claimed_by(new.action_id, new.recorded_by_id) THEN
    RAISE EXCEPTION 'who claims that an action is done neither approves nor verifies it'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'completion_is_not_by_the_claimer';
  END IF;
  IF actions_has_said(new.action_id, new.recorded_by_id,
                      CASE new.kind WHEN 'verified' THEN '{approved,refused}'::text[] ELSE '{verified}' END) THEN
    RAISE EXCEPTION 'who approved an action does not verify it, nor the other way round'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'completion_is_seen_by_two';
  END IF;
  RETURN new;
END $$;
