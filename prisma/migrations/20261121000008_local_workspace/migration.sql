-- The workspace of every object until API keys exist.
INSERT INTO workspaces (id, name) VALUES ('00000000-0000-7000-8000-000000000001', 'Local');
