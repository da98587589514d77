import type { JobKind } from '../../../generated/prisma/client.ts';
import { filmKind } from './film.ts';
import type { KindRules } from './kind.ts';

/** What rows of jobs can start. Another kind is a file beside `film.ts` and a line here. */
const KINDS: Readonly<Record<JobKind, KindRules>> = { FILM: filmKind };

/** The rules of a kind. */
export const rulesOf = (kind: JobKind): KindRules => KINDS[kind];
