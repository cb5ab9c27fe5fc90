-- A risk waits for one answer at a time. That it was closed, merged or withdrawn since ended what was asked.
CREATE OR REPLACE FUNCTION risks_keep_acceptance_request() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM FROM risks_risk WHERE id = NEW.risk_id FOR NO KEY UPDATE;
  IF EXISTS (
       SELECT FROM risks_acceptancerequest asked WHERE asked.risk_id = NEW.risk_id
         AND NOT EXISTS (SELECT FROM risks_acceptance WHERE request_id = asked.id)
         AND NOT EXISTS (
           SELECT FROM risks_historicalrisk v
           WHERE v.id = asked.risk_id AND v.state <> 'open' AND v.history_date > asked.recorded_at)) THEN
    RAISE EXCEPTION 'a risk waits for one answer at a time'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'acceptance_is_asked_for_once_at_a_time';
  END IF;
  RETURN NEW;
END $$;
