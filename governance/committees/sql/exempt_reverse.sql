DROP TRIGGER guard_issued_paper ON committees_exemption;
DROP TRIGGER guard_exemption ON committees_exemption;
DROP TRIGGER guard_edition ON committees_edition;
DROP TRIGGER published_with_its_paper ON committees_edition;
DROP TRIGGER guard_takedown ON committees_takedown;
DROP FUNCTION guard_exemption(), guard_edition(), guard_takedown();
