-- CreateEnum
CREATE TYPE "mail_frequency" AS ENUM ('off', 'at_once', 'daily', 'weekly');

-- DropIndex
DROP INDEX "notification_actors_actor_id_idx";

-- AlterTable
ALTER TABLE "notifications" ADD COLUMN     "mail_at" TIMESTAMPTZ(3),
ADD COLUMN     "on_site" BOOLEAN NOT NULL DEFAULT true;

-- CreateTable
CREATE TABLE "notification_settings" (
    "user_id" UUID NOT NULL,
    "kind" "notification_kind" NOT NULL,
    "on_site" BOOLEAN NOT NULL,
    "mail" "mail_frequency" NOT NULL,

    CONSTRAINT "notification_settings_pkey" PRIMARY KEY ("user_id","kind")
);

-- CreateIndex
CREATE INDEX "notification_actors_notification_id_created_at_idx" ON "notification_actors"("notification_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "notification_actors_actor_id_created_at_idx" ON "notification_actors"("actor_id", "created_at" DESC);

-- AddForeignKey
ALTER TABLE "notification_settings" ADD CONSTRAINT "notification_settings_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
