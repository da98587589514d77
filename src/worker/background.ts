/** Everything that a worker does by itself, besides jobs. A new task is an entry here. */
import { clearIncoming } from '../features/upkeep/old-arrivals.ts';
import { clearUploads } from '../features/upkeep/old-uploads.ts';
import { reconcileFiles } from '../features/upkeep/reconcile-files.ts';
import type { MediaSigner } from '../features/assets/media-signer.ts';
import { forgetOldEntries } from '../features/audit/log/retention.ts';
import { forgetKeys } from '../features/idempotency/forget-keys.ts';
import { forgetUnread } from '../features/jobs/preview/forget-unread.ts';
import { continueAfterDay, untilNextDay } from '../features/pipelines/control/new-day.ts';
import { moveStranded } from '../features/runs/engine/stranded.sql.ts';
import { fillSentences } from '../features/transcripts/search/fill-sentences.ts';
import { cleanUpWebhooks } from '../features/webhooks/clean-up.ts';
import { every, HOUR_MS, MINUTE_MS } from './every.ts';
import { jobs } from './jobs.ts';
import { polls } from './polls.ts';
import type { Task } from './task.ts';
import { webhooks } from './webhooks.ts';

export type BackgroundOptions = {
  /** Makes the addresses of files that webhooks are sent. */
  signer: MediaSigner;
  /** Days that entries of the log are kept; 0 for ever. */
  logRetentionDays: number;
};

export const background = ({ signer, logRetentionDays }: BackgroundOptions): readonly Task[] => [
  polls,
  jobs,
  webhooks(signer),
  strandedMoved,
  filesReconciled,
  arrivalsCleared,
  uploadsCleared,
  daysBegun,
  webhooksCleaned,
  keysForgotten,
  unreadForgotten,
  sentencesFilled,
  every({
    name: 'old entries of the log are deleted',
    wait: HOUR_MS,
    work: async (ctx) => ({ deleted: await forgetOldEntries(ctx, logRetentionDays) }),
  }),
];

export const strandedMoved = every({
  name: 'runs that no job moves go on',
  wait: MINUTE_MS,
  work: async (ctx, { flows, signal }) => ({ looked: await moveStranded(ctx, flows, signal) }),
});

/** A round stops at the next project once it is closed. */
export const filesReconciled = every({
  name: 'files are compared with their rows',
  wait: HOUR_MS,
  work: (ctx, { signal }) => reconcileFiles(ctx, { signal }),
});

export const arrivalsCleared = every({
  name: 'films from outside that nobody brings in any more are removed',
  wait: MINUTE_MS,
  work: async (ctx) => ({ removed: await clearIncoming(ctx) }),
});

export const uploadsCleared = every({
  name: 'uploads that were brought in, or that nobody goes on with, are removed',
  wait: MINUTE_MS,
  work: async (ctx) => ({ removed: await clearUploads(ctx) }),
});

/** Whenever a day (UTC) has begun. */
export const daysBegun = every({
  name: 'runs that the cap of a day held go on',
  wait: untilNextDay,
  work: (ctx) => continueAfterDay(ctx, new Date()),
});

export const webhooksCleaned = every({
  name: 'webhooks are cleaned up after',
  wait: HOUR_MS,
  work: async (ctx, { log }) => {
    const { unsealed } = await cleanUpWebhooks(ctx);
    if (unsealed > 0)
      log.warn({ secrets: unsealed }, 'Secrets of webhooks are not sealed with VIDPIPE_SECRET_KEY.');
  },
});

export const keysForgotten = every({
  name: 'old idempotency keys are deleted',
  wait: HOUR_MS,
  work: async (ctx) => ({ deleted: await forgetKeys(ctx) }),
});

export const unreadForgotten = every({
  name: 'jobs whose sheets were never read to the end are deleted',
  wait: HOUR_MS,
  work: async (ctx) => ({ deleted: await forgetUnread(ctx) }),
});

export const sentencesFilled = every({
  name: 'what is searched of old transcripts is written',
  wait: HOUR_MS,
  work: async (ctx, { signal }) => ({ filled: await fillSentences(ctx, signal) }),
});
