-- CreateTable
CREATE TABLE "moment_questions" (
    "id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "config_id" UUID NOT NULL,
    "moment_id" UUID,
    "part_index" INTEGER NOT NULL,
    "first_sentence" INTEGER NOT NULL,
    "last_sentence" INTEGER NOT NULL,
    "status" "AskStatus" NOT NULL DEFAULT 'PENDING',
    "chosen" JSONB,
    "error_code" TEXT,
    "error_message" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "moment_questions_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "moment_questions_config_id_idx" ON "moment_questions"("config_id");

-- CreateIndex
CREATE INDEX "moment_questions_moment_id_idx" ON "moment_questions"("moment_id");

-- CreateIndex
CREATE UNIQUE INDEX "moment_questions_run_id_config_id_part_index_key" ON "moment_questions"("run_id", "config_id", "part_index");

-- AddForeignKey
ALTER TABLE "moment_questions" ADD CONSTRAINT "moment_questions_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "pipeline_runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "moment_questions" ADD CONSTRAINT "moment_questions_config_id_fkey" FOREIGN KEY ("config_id") REFERENCES "generation_configs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "moment_questions" ADD CONSTRAINT "moment_questions_moment_id_fkey" FOREIGN KEY ("moment_id") REFERENCES "moments"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "moment_questions"
  ADD CONSTRAINT "moment_questions_sentences" CHECK (part_index >= 0 AND first_sentence >= 0 AND last_sentence >= first_sentence),
  ADD CONSTRAINT "moment_questions_answer" CHECK ((status = 'ANSWERED') = (chosen IS NOT NULL)),
  ADD CONSTRAINT "moment_questions_error" CHECK ((status = 'FAILED') = (error_code IS NOT NULL) AND (error_code IS NULL) = (error_message IS NULL));
