DROP TRIGGER guard_resolution ON committees_resolution;
DROP TRIGGER guard_request ON committees_request;
DROP TRIGGER guard_request_due ON committees_requestdue;
DROP TRIGGER guard_issued_paper ON committees_paperreason;
DROP TRIGGER guard_minuted_figure ON committees_minutedfigure;
DROP FUNCTION guard_resolution(), guard_request(), guard_request_due(), guard_minuted_figure();
