-- A refusal by chance is answered with the very same once more: prompts are softened no further than before.
ALTER TABLE "safety_refusals" DROP CONSTRAINT "safety_refusals_next_softening";
ALTER TABLE "safety_refusals"
  ADD CONSTRAINT "safety_refusals_next_softening" CHECK ("next_softening" BETWEEN 0 AND 2);
