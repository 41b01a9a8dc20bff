-- AlterTable
ALTER TABLE "catalog" ADD COLUMN "tls" TEXT NOT NULL DEFAULT 'off';
ALTER TABLE "catalog" ADD COLUMN "tlsCa" TEXT;
