-- AlterEnum
ALTER TYPE "ProjectStatus" ADD VALUE 'PARTIAL';
