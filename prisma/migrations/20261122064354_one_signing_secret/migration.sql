-- A webhook has one secret in use; those it replaced have an end. Two rotations at once cannot both win.
CREATE UNIQUE INDEX webhook_secrets_one_in_use ON webhook_secrets (webhook_id) WHERE expires_at IS NULL;
