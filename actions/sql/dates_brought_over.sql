-- Of actions entered before dates kept their past: the first due date is the earliest that the history has, and each
-- change after it is a revision, known when it was saved and agreed nowhere that was recorded. An action that has no
-- date now keeps none: a revision cannot say so, and its history goes on saying which it had.
SELECT set_config('app.reason', 'The first due date is kept apart from now on, as the history has it', true);
UPDATE actions_action a
   SET original_due_on = COALESCE(
         (SELECT h.due_on FROM actions_historicalaction h
           WHERE h.id = a.id AND h.due_on IS NOT NULL
           ORDER BY h.history_date, h.history_id LIMIT 1), a.due_on)
 WHERE a.due_on IS NOT NULL;

INSERT INTO actions_daterevision (action_id, due_on, effective_on, known_at, source_document, void, reason, agreed_in,
                                  recorded_by_id, recorded_as)
SELECT a.id, moved.due_on, (moved.history_date AT TIME ZONE 'Europe/London')::date, moved.history_date,
       'History of the action', false,
       COALESCE(NULLIF(moved.history_change_reason, ''), 'No reason was asked for when this date was changed'),
       'Not recorded: changed before dates kept who agreed to them',
       COALESCE((SELECT id FROM people_user WHERE id = moved.history_user_id),
                (SELECT recorded_by_id FROM actions_progressupdate WHERE action_id = a.id ORDER BY place LIMIT 1),
                (SELECT min(id) FROM people_user)),
       CASE WHEN moved.history_user_id IS NULL THEN 'nobody whom the history names'
            ELSE left(COALESCE(moved.history_post, ''), 200) END
  FROM actions_action a
  JOIN (SELECT dated.*, lag(due_on) OVER saved AS before
          FROM actions_historicalaction dated WHERE due_on IS NOT NULL
        WINDOW saved AS (PARTITION BY id ORDER BY history_date, history_id)) moved ON moved.id = a.id
 WHERE a.due_on IS NOT NULL AND moved.before IS NOT NULL AND moved.before <> moved.due_on
 ORDER BY moved.history_date, moved.history_id;
SELECT set_config('app.reason', '', true);
-- What the rows leave to be checked is checked here, before the tables change again.
SET CONSTRAINTS ALL IMMEDIATE;
