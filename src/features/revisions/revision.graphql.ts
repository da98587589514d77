import { SupersededBecause } from '../../generated/prisma/client.ts';
import { orderBy } from '../../graphql/order.ts';
import { prismaEnum } from '../../graphql/prisma-enum.ts';

export const SupersededBecauseEnum = prismaEnum('SupersededBecause', SupersededBecause);

type Revised = { id: string; revision: number };

/** The highest revision first. */
export const byRevision = <Where, OrderBy>() => orderBy<Revised, Where, OrderBy>('revision', 'desc');
