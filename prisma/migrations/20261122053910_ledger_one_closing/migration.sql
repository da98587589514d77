-- A call is charged or not, and only once: SETTLE and RELEASE exclude each other, whatever the code does.
CREATE UNIQUE INDEX ledger_entries_one_closing ON ledger_entries (operation_key) WHERE kind IN ('SETTLE', 'RELEASE');
