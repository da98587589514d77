import { DomainError } from '../../../core/errors.ts';
import type { TranscriptSource } from '../../../generated/prisma/client.ts';
import { TRANSCRIPT_SOURCES } from './registry.ts';
import type { Heard, HearOptions, HearRequest, SourceCtx, TranscriptSourceEntry } from './source.ts';

export type HeardFrom = Heard & { source: TranscriptSource };

type Asked = Omit<HearRequest, 'file'> & {
  /** Null for the best that is to be had; never one that costs money. */
  source: TranscriptSource | null;
};

/**
 * What is said in a video, from one source, or from the best that is to be had and hears anything. One that fails is told in
 * `warnings` where another follows. Costs nothing.
 *
 * @throws the signal's reason.
 * @throws {DomainError} `NO_TRANSCRIPT_SOURCE`; `NOTHING_SAID`; `MEDIA_FAILED` of the last that was tried.
 */
export async function hearBest(
  ctx: SourceCtx,
  { source, video, language }: Asked,
  options: HearOptions,
  all: readonly TranscriptSourceEntry[] = TRANSCRIPT_SOURCES,
): Promise<HeardFrom> {
  const asked = all.filter((entry) => (source === null ? !entry.isPaid : entry.source === source));
  const there = await availableOf(ctx, asked, { video, language });
  return ctx.storage.withFiles([video.filePath], async ([file = '']) => {
    const warnings: string[] = [];
    let failure: unknown;
    for (const entry of there) {
      const heard = await entry.hear(ctx, { video, language, file }, options).catch((error: unknown) => {
        options.signal.throwIfAborted();
        if (!(error instanceof DomainError)) throw error;
        failure = error;
        warnings.push(`${entry.source}: ${error.message}`);
      });
      if (heard && heard.words.length > 0)
        return { ...heard, source: entry.source, warnings: [...warnings, ...heard.warnings] };
      if (heard) warnings.push(`${entry.source}: nothing is said in it.`);
    }
    throw failure ?? nothingSaid(there);
  });
}

/** Those that are to be had, best first. */
async function availableOf(
  ctx: SourceCtx,
  asked: readonly TranscriptSourceEntry[],
  { video, language }: Pick<Asked, 'video' | 'language'>,
): Promise<TranscriptSourceEntry[]> {
  const reasons = await Promise.all(asked.map((entry) => entry.whyNot(ctx, video, language)));
  const there = asked.filter((_, index) => reasons[index] === null);
  if (there.length > 0) return there;
  const told = asked.map((entry, index) => `${entry.source}: ${reasons[index]}`);
  const message = `There is nothing that its words may come from. ${told.join(' ')}`;
  throw new DomainError('NO_TRANSCRIPT_SOURCE', message.trim(), { path: ['source'] });
}

function nothingSaid(there: readonly TranscriptSourceEntry[]): DomainError {
  const tried = there.map(({ source }) => source).join(', ');
  const message = `Nobody is heard speaking in it (${tried}); bring subtitles with createTranscript if somebody does.`;
  return new DomainError('NOTHING_SAID', message);
}
