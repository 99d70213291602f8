-- AlterTable
ALTER TABLE "register_seals" ADD COLUMN     "mac" TEXT NOT NULL;

-- AlterTable
ALTER TABLE "moderation_actions" ADD COLUMN     "commitments" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "salts" JSONB NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "audit_events" ADD COLUMN     "commitments" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "salts" JSONB NOT NULL DEFAULT '{}';

-- CreateTable
CREATE TABLE "register_heads" (
    "register" TEXT NOT NULL,
    "position" BIGINT NOT NULL,
    "hash" TEXT NOT NULL,
    "mac" TEXT NOT NULL,
    "sealed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "register_heads_pkey" PRIMARY KEY ("register")
);

-- CreateIndex
CREATE INDEX "audit_events_created_at_id_idx" ON "audit_events"("created_at", "id");
