import { newId } from '../../../src/core/ids.ts';
import type { DeadLetter, Prisma, PrismaClient } from '../../../src/generated/prisma/client.ts';

/** A step of a run as it is kept once it was given up; a keyframe's unless told otherwise. */
export const seedLetter = (
  db: PrismaClient,
  runId: string,
  data: Partial<Prisma.DeadLetterUncheckedCreateInput> = {},
): Promise<DeadLetter> =>
  db.deadLetter.create({
    data: {
      id: newId(),
      runId,
      step: 'keyframe',
      key: 'keyframe:1:START',
      input: { position: 'START' },
      attempts: 6,
      errorCode: 'PROVIDER_FAILED',
      errorMessage: 'The provider is away.',
      ...data,
    },
  });
