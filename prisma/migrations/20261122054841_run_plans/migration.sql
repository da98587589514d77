-- CreateTable
CREATE TABLE "run_plans" (
    "id" UUID NOT NULL,
    "workspace_id" UUID NOT NULL,
    "project_id" UUID NOT NULL,
    "stop_after" "RunStage",
    "digest" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "run_plans_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "run_plans_project_id_idx" ON "run_plans"("project_id");

-- CreateIndex
CREATE INDEX "run_plans_workspace_id_idx" ON "run_plans"("workspace_id");

-- AddForeignKey
ALTER TABLE "run_plans" ADD CONSTRAINT "run_plans_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_plans" ADD CONSTRAINT "run_plans_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;
