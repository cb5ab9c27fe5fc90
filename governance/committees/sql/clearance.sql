-- What a clearance is of, and whose: the database stamps version and day, and refuses what nobody may say.

CREATE FUNCTION committees_digest(said jsonb) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT encode(sha256(convert_to(said::text, 'UTF8')), 'hex')
$$;

-- The words of a paper by part, as digests. Places and numbers of sections are no words; a section keeps its heading, so
-- that a page can name it once it is gone.
CREATE FUNCTION committees_paper_words(about bigint) RETURNS jsonb LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT jsonb_build_object(
    'front', committees_digest(jsonb_build_array(
      meeting.body_id, paper.kind, paper.title, paper.report_of, paper.wards, paper.key_decision, paper.director_approving,
      paper.cabinet_member, paper.publication_status, paper.security_marking, paper.as_at)),
    'chosen', committees_digest(jsonb_build_array(
      paper.tells_risks, paper.tells_movement, paper.tells_union, paper.tells_maturity, paper.tells_restatements,
      (SELECT jsonb_agg(plan_id ORDER BY plan_id) FROM committees_paperplan WHERE paper_id = paper.id))),
    'sections', (
      SELECT coalesce(jsonb_object_agg(id, jsonb_build_object(
        'heading', heading, 'words', committees_digest(jsonb_build_array(heading, text)))), '{}')
      FROM committees_papersection WHERE paper_id = paper.id),
    'recommendations', committees_digest((
      SELECT jsonb_agg(jsonb_build_array(body_id, text) ORDER BY body_id, text)
      FROM committees_recommendation WHERE paper_id = paper.id)),
    'appendices', committees_digest((
      SELECT jsonb_agg(jsonb_build_array(title, sha256) ORDER BY title, sha256)
      FROM committees_appendix WHERE paper_id = paper.id)),
    'background', committees_digest((
      SELECT jsonb_agg(jsonb_build_array(title, sha256, link) ORDER BY title, sha256, link)
      FROM committees_backgroundpaper WHERE paper_id = paper.id)))
  FROM committees_paper paper JOIN committees_meeting meeting ON meeting.id = paper.meeting_id WHERE paper.id = about
$$;

-- The paper of a clearance, held until the end of the transaction as it is; refused once it is issued.
CREATE FUNCTION committees_paper_to_clear(asked bigint) RETURNS committees_paper LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE about committees_paper;
BEGIN
  SELECT paper.* INTO about FROM committees_paper paper JOIN committees_clearer clearer ON clearer.paper_id = paper.id
   WHERE clearer.id = asked FOR KEY SHARE OF paper;
  IF about.state = 'issued' THEN
    RAISE EXCEPTION 'an issued paper is neither sent for clearance nor cleared'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'issued_paper_never_changes';
  END IF;
  RETURN about;
END $$;

CREATE FUNCTION keep_sending() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  about committees_paper := committees_paper_to_clear(new.clearer_id);
  on_day date := (clock_timestamp() AT TIME ZONE 'Europe/London')::date;
BEGIN
  new.sent_at := clock_timestamp();
  IF new.source_document = '' THEN
    new.sent_on := on_day;
  ELSIF new.sent_on > on_day THEN
    RAISE EXCEPTION 'what is brought in was sent by today'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'clearance_is_not_of_the_future';
  END IF;
  -- One request at a time: the last was answered before it is sent again.
  IF new.number <> 1 + (SELECT count(*) FROM committees_sending WHERE clearer_id = new.clearer_id) OR EXISTS (
    SELECT FROM committees_sending sending WHERE clearer_id = new.clearer_id
       AND NOT EXISTS (SELECT FROM committees_clearanceanswer WHERE sending_id = sending.id)
  ) THEN
    RAISE EXCEPTION 'a paper is sent to a post again once it came back'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'post_is_asked_once_at_a_time';
  END IF;
  new.words := committees_paper_words(about.id);
  new.version := committees_digest(new.words);
  RETURN new;
END $$;
CREATE TRIGGER keep_sending BEFORE INSERT ON committees_sending FOR EACH ROW EXECUTE FUNCTION keep_sending();

CREATE FUNCTION keep_clearance() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  sent committees_sending;
  about committees_paper;
  on_day date := (clock_timestamp() AT TIME ZONE 'Europe/London')::date;
BEGIN
  SELECT * INTO sent FROM committees_sending WHERE id = new.sending_id;
  about := committees_paper_to_clear(sent.clearer_id);
  new.answered_at := clock_timestamp();
  new.words := committees_paper_words(about.id);
  IF new.number <> 1 + (SELECT count(*) FROM committees_clearanceanswer WHERE sending_id = sent.id)
     OR EXISTS (SELECT FROM committees_clearanceanswer WHERE sending_id = sent.id AND outcome = 'returned')
     OR EXISTS (SELECT FROM committees_sending WHERE clearer_id = sent.clearer_id AND number > sent.number) THEN
    RAISE EXCEPTION 'what came back with a comment is sent again before it is cleared'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'clearance_answers_the_last_request';
  END IF;
  IF new.source_document <> '' THEN
    new.version := committees_digest(new.words);
    IF new.answered_on > on_day OR new.answered_on < sent.sent_on THEN
      RAISE EXCEPTION 'a clearance comes back after it was sent, and by today'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'clearance_comes_back_after_it_was_sent';
    END IF;
    RETURN new;
  END IF;
  new.answered_on := on_day;
  IF new.version <> committees_digest(new.words) THEN
    RAISE EXCEPTION 'a clearance is of the words as they stand'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'clearance_is_of_the_standing_version';
  END IF;
  IF new.answered_by_id = about.created_by_id THEN
    RAISE EXCEPTION 'nobody clears a paper of their own'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'nobody_clears_an_own_paper';
  END IF;
  IF NOT EXISTS (
    SELECT FROM committees_clearer clearer JOIN people_postholding holding ON holding.post_id = clearer.post_id
     WHERE clearer.id = sent.clearer_id AND holding.person_id = new.answered_by_id
       AND holding.from_on <= on_day AND coalesce(holding.until_on, on_day) >= on_day
  ) THEN
    RAISE EXCEPTION 'a paper is cleared by who is in the post that was asked'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'clearance_is_by_who_is_in_the_post';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER keep_clearance BEFORE INSERT ON committees_clearanceanswer
  FOR EACH ROW EXECUTE FUNCTION keep_clearance();

-- Who is asked stands with the paper once it is issued, and stays the same paper and post once something was sent.
CREATE TRIGGER guard_issued_paper BEFORE INSERT OR UPDATE OR DELETE ON committees_clearer
  FOR EACH ROW EXECUTE FUNCTION guard_part_of_issued_paper();
CREATE FUNCTION guard_clearer() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF (new.paper_id, new.post_id) <> (old.paper_id, old.post_id) THEN
    RAISE EXCEPTION 'what was sent to a post stays with it'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'clearer_stays_the_same_post';
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER guard_clearer BEFORE UPDATE ON committees_clearer FOR EACH ROW EXECUTE FUNCTION guard_clearer();
