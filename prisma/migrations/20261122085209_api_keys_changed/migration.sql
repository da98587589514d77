-- Every API process hears at once of a key that was made or revoked, whichever process did it. The payload says nothing:
-- who hears it reads the keys it holds again. `last_used_at` is written all the time and concerns nobody.
CREATE FUNCTION tell_api_keys() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('vidpipe_api_keys', '');
  RETURN NULL;
END $$;

CREATE TRIGGER tell_api_keys AFTER INSERT OR DELETE OR UPDATE OF expires_at, revoked_at ON api_keys
  FOR EACH STATEMENT EXECUTE FUNCTION tell_api_keys();
