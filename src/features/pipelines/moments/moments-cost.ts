/** What a run of moments will cost, before it buys anything. */
import type { PrismaClient, Video } from '../../../generated/prisma/client.ts';
import { requireCapability } from '../../../providers/registry.ts';
import type { Model } from '../../../providers/model.ts';
import type { PaidCall } from '../../../providers/paid-call.ts';
import type { Quote } from '../../../providers/price.ts';
import { costsAt } from '../../budget/costs-at.ts';
import { exactly, NOTHING, type Spread } from '../../budget/estimate.ts';
import { quoteSearch, quoteUnheard } from '../../moments/ask/estimate-search.ts';
import { CHOOSER, sentencesOf } from '../../moments/ask/question-rows.ts';
import { EAR } from '../../transcripts/hear/chunk-rows.ts';
import { quoteHearing } from '../../transcripts/hear/estimate-hearing.ts';
import { silencesIn } from '../../transcripts/hear/silences.ts';
import { surveyOf } from '../../videos/survey/survey.ts';
import { ASKED_MODEL } from './finders.ts';
import type { MomentsOrder } from './moments-order.ts';

/** In micro-USD. */
export type MomentsCost = { hearing: Spread; finding: Spread };

type Db = Pick<PrismaClient, 'transcript' | 'videoSurvey'>;
type Asked = Pick<MomentsOrder, 'scope' | 'way' | 'options'>;

/**
 * What it costs to have a video heard and a model asked for its moments; nothing for what is there, or done on this machine. What
 * was found with the same configuration before would not be bought again, and is counted all the same.
 *
 * @throws {DomainError} `PROVIDER_NOT_CONFIGURED` naming `transcriptSource` or `model`, where nobody here hears or chooses.
 */
export async function momentsCost(
  db: Db,
  { id: videoId, durationSeconds }: Pick<Video, 'id' | 'durationSeconds'>,
  { scope, way, options }: Asked,
): Promise<MomentsCost> {
  if (scope === 'CLIPS_ONLY') return { hearing: NOTHING, finding: NOTHING };
  const isHeard = (await db.transcript.count({ where: { videoId } })) > 0;
  const survey = await db.videoSurvey.findUnique({ where: { videoId } });
  const silences = survey ? silencesIn(surveyOf(survey).loudness, durationSeconds) : [];
  const config = { ...way, prompt: way };
  return {
    hearing:
      options.transcriptSource === 'GEMINI' && !isHeard
        ? costOf(
            'TRANSCRIPT',
            requireCapability(EAR, 'TRANSCRIPT', 'transcriptSource').model,
            quoteHearing(durationSeconds, silences),
          )
        : NOTHING,
    finding:
      way.model === ASKED_MODEL
        ? costOf(
            'MOMENTS',
            requireCapability(CHOOSER, 'MOMENTS', 'model').model,
            isHeard
              ? quoteSearch(config, await sentencesOf(db, videoId))
              : quoteUnheard(config, durationSeconds),
          )
        : NOTHING,
  };
}

const costOf = (call: PaidCall, model: Model, quotes: readonly Quote[]): Spread =>
  costsAt(new Date())(quotes.map((quote) => ({ call, model, quote, times: exactly(1) })));
