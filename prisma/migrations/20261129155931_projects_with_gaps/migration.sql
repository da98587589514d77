-- Projects whose film has gaps were COMPLETE, with a message; a value that is new can be used in the next transaction only.
UPDATE "projects" SET "status" = 'PARTIAL'
WHERE "status" = 'COMPLETE' AND ("error_message" LIKE 'Without scene%' OR "error_message" LIKE 'The film lacks the scenes%');
