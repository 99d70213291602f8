-- CreateTable
CREATE TABLE "rank_epochs" (
    "id" SERIAL NOT NULL,
    "as_of" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "reaction_weight" DOUBLE PRECISION NOT NULL,
    "comment_weight" DOUBLE PRECISION NOT NULL,
    "hours_per_point" DOUBLE PRECISION NOT NULL,
    "post_ids" INTEGER[],
    "reactions" INTEGER[],
    "commenters" INTEGER[],

    CONSTRAINT "rank_epochs_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "rank_epochs_as_of_idx" ON "rank_epochs"("as_of");
