-- AlterEnum
ALTER TYPE "Provider" ADD VALUE 'GOOGLE';
