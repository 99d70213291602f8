-- AlterTable
ALTER TABLE "users" ADD COLUMN     "silenced_until" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "held_usernames" ADD COLUMN     "by_moderator" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "posts" ADD COLUMN     "featured_at" TIMESTAMPTZ(3),
ADD COLUMN     "held_at" TIMESTAMPTZ(3),
ADD COLUMN     "locked_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "comments" ADD COLUMN     "held_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "act_effects" (
    "id" BIGSERIAL NOT NULL,
    "action_id" UUID NOT NULL,
    "aspect" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "before" TEXT,
    "after" TEXT,
    "superseded_at" TIMESTAMPTZ(3),
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "act_effects_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "act_proposals" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "input" JSONB NOT NULL,
    "proposer_id" UUID NOT NULL,
    "subject_user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "decider_id" UUID,
    "approved" BOOLEAN,
    "action_id" UUID,

    CONSTRAINT "act_proposals_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bulk_acts" (
    "id" UUID NOT NULL,
    "action_id" UUID NOT NULL,
    "direction" TEXT NOT NULL DEFAULT 'do',
    "aspect" TEXT NOT NULL,
    "subjects" TEXT[],
    "after" TEXT,
    "done" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "stopped_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "bulk_acts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "moderation_cases" (
    "id" SERIAL NOT NULL,
    "post_id" INTEGER,
    "comment_id" INTEGER,
    "user_id" UUID,
    "subject_id" UUID NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "weight" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "report_count" INTEGER NOT NULL DEFAULT 0,
    "assignee_id" UUID,
    "assigned_at" TIMESTAMPTZ(3),
    "resolution_id" UUID,

    CONSTRAINT "moderation_cases_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reports" (
    "id" UUID NOT NULL,
    "case_id" INTEGER NOT NULL,
    "reporter_id" UUID NOT NULL,
    "rule" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "snapshot" JSONB NOT NULL,
    "weight" DOUBLE PRECISION NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reports_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "resolutions" (
    "id" UUID NOT NULL,
    "case_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "words_to_reporters" TEXT NOT NULL DEFAULT '',
    "words_to_subject" TEXT NOT NULL DEFAULT '',
    "action_id" UUID,
    "moderator_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "resolutions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reporter_records" (
    "user_id" UUID NOT NULL,
    "upheld" INTEGER NOT NULL DEFAULT 0,
    "dismissed" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "reporter_records_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "mod_notes" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "author_id" UUID,
    "case_id" INTEGER,
    "body" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "mod_notes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "appeals" (
    "id" UUID NOT NULL,
    "action_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "body" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_at" TIMESTAMPTZ(3),
    "decider_id" UUID,
    "granted" BOOLEAN,
    "answer" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "appeals_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "act_effects_action_id_idx" ON "act_effects"("action_id");

-- CreateIndex
CREATE INDEX "act_effects_aspect_subject_id_idx" ON "act_effects"("aspect", "subject", "id");

-- CreateIndex
CREATE INDEX "act_proposals_created_at_idx" ON "act_proposals"("created_at");

-- CreateIndex
CREATE INDEX "act_proposals_proposer_id_idx" ON "act_proposals"("proposer_id");

-- CreateIndex
CREATE INDEX "act_proposals_subject_user_id_idx" ON "act_proposals"("subject_user_id");

-- CreateIndex
CREATE INDEX "act_proposals_decider_id_idx" ON "act_proposals"("decider_id");

-- CreateIndex
CREATE INDEX "bulk_acts_action_id_idx" ON "bulk_acts"("action_id");

-- CreateIndex
CREATE INDEX "bulk_acts_created_at_idx" ON "bulk_acts"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "moderation_cases_resolution_id_key" ON "moderation_cases"("resolution_id");

-- CreateIndex
CREATE INDEX "moderation_cases_subject_id_opened_at_idx" ON "moderation_cases"("subject_id", "opened_at" DESC);

-- CreateIndex
CREATE INDEX "moderation_cases_assignee_id_idx" ON "moderation_cases"("assignee_id");

-- CreateIndex
CREATE INDEX "moderation_cases_comment_id_idx" ON "moderation_cases"("comment_id");

-- CreateIndex
CREATE INDEX "moderation_cases_post_id_idx" ON "moderation_cases"("post_id");

-- CreateIndex
CREATE INDEX "moderation_cases_user_id_idx" ON "moderation_cases"("user_id");

-- CreateIndex
CREATE INDEX "reports_reporter_id_created_at_idx" ON "reports"("reporter_id", "created_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "reports_case_id_reporter_id_key" ON "reports"("case_id", "reporter_id");

-- CreateIndex
CREATE INDEX "resolutions_case_id_idx" ON "resolutions"("case_id");

-- CreateIndex
CREATE INDEX "resolutions_action_id_idx" ON "resolutions"("action_id");

-- CreateIndex
CREATE INDEX "resolutions_moderator_id_idx" ON "resolutions"("moderator_id");

-- CreateIndex
CREATE INDEX "mod_notes_user_id_created_at_idx" ON "mod_notes"("user_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "mod_notes_author_id_idx" ON "mod_notes"("author_id");

-- CreateIndex
CREATE UNIQUE INDEX "appeals_action_id_key" ON "appeals"("action_id");

-- CreateIndex
CREATE INDEX "appeals_user_id_created_at_idx" ON "appeals"("user_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "appeals_decider_id_idx" ON "appeals"("decider_id");

-- AddForeignKey
ALTER TABLE "act_proposals" ADD CONSTRAINT "act_proposals_proposer_id_fkey" FOREIGN KEY ("proposer_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "act_proposals" ADD CONSTRAINT "act_proposals_subject_user_id_fkey" FOREIGN KEY ("subject_user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "act_proposals" ADD CONSTRAINT "act_proposals_decider_id_fkey" FOREIGN KEY ("decider_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "moderation_cases" ADD CONSTRAINT "moderation_cases_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "posts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "moderation_cases" ADD CONSTRAINT "moderation_cases_comment_id_fkey" FOREIGN KEY ("comment_id") REFERENCES "comments"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "moderation_cases" ADD CONSTRAINT "moderation_cases_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "moderation_cases" ADD CONSTRAINT "moderation_cases_subject_id_fkey" FOREIGN KEY ("subject_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "moderation_cases" ADD CONSTRAINT "moderation_cases_assignee_id_fkey" FOREIGN KEY ("assignee_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "moderation_cases" ADD CONSTRAINT "moderation_cases_resolution_id_fkey" FOREIGN KEY ("resolution_id") REFERENCES "resolutions"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reports" ADD CONSTRAINT "reports_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "moderation_cases"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reports" ADD CONSTRAINT "reports_reporter_id_fkey" FOREIGN KEY ("reporter_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "resolutions" ADD CONSTRAINT "resolutions_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "moderation_cases"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "resolutions" ADD CONSTRAINT "resolutions_moderator_id_fkey" FOREIGN KEY ("moderator_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reporter_records" ADD CONSTRAINT "reporter_records_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mod_notes" ADD CONSTRAINT "mod_notes_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mod_notes" ADD CONSTRAINT "mod_notes_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_decider_id_fkey" FOREIGN KEY ("decider_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;
