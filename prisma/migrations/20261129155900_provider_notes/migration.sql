-- CreateTable
CREATE TABLE "provider_notes" (
    "provider" "Provider" NOT NULL,
    "name" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "provider_notes_pkey" PRIMARY KEY ("provider","name")
);
