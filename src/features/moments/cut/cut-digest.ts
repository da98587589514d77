import type { Moment, Transcript } from '../../../generated/prisma/client.ts';
import { digestOf } from '../../idempotency/idempotency-key.ts';
import { storedFraming } from '../framing/stored-framing.ts';
import type { CutOptions } from './cut-options.ts';

/** What a clip depends on. */
export type CutFrom = {
  moment: Pick<Moment, 'startTime' | 'endTime' | 'framing'>;
  transcript: Pick<Transcript, 'id' | 'version'> | null;
  options: CutOptions;
};

/** Identity of a cut: a clip with another is of an older moment, other words or other options. Pure. */
export const cutDigestOf = ({ moment, transcript, options }: CutFrom): string =>
  digestOf({
    startTime: moment.startTime,
    endTime: moment.endTime,
    framing: storedFraming.parse(moment.framing),
    framedBy: options.aspectRatio === 'SOURCE' ? null : 'FACES',
    transcript: transcript && `${transcript.id}:${transcript.version}`,
    aspectRatio: options.aspectRatio,
    captions: options.captions,
    captionsFromDraft: options.captionsFromDraft,
    paddingSeconds: options.paddingSeconds,
  });
