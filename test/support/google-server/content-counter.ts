/** Storyboards and pictures: sold, or refused. */
import { createHash } from 'node:crypto';
import type { Ledger, Purchase } from '../paid-provider/ledger.ts';
import type { End } from '../paid-provider/protocol.ts';
import { jsonReply, type Reply } from '../paid-provider/reply.ts';
import { makePicture } from '../paid-provider/wares.ts';
import { type Used, usedByPicture, usedByStoryboard } from './charges.ts';
import {
  blockedReply,
  filtered,
  isWords,
  pictureReply,
  pictureSizeOf,
  storyboardReply,
  wantsPicture,
  wordsOf,
} from './content.ts';
import { momentsReply, wantsMoments } from './choices.ts';
import { filled } from './fill.ts';
import type { PlayedAsked, RefusedEntry } from './play.ts';
import type { Scenario } from './scenario.ts';
import { subjectOf } from './subject.ts';
import { chargeOfUsage } from './usage-bill.ts';
import type { ContentRequest } from './wire.ts';

type Kind = 'KEYFRAME' | 'STORYBOARD' | 'MOMENTS';

function kindOf(request: ContentRequest): Kind {
  if (wantsPicture(request)) return 'KEYFRAME';
  return wantsMoments(request) ? 'MOMENTS' : 'STORYBOARD';
}

/** Where models are asked for what they answer at once. */
export class ContentCounter {
  readonly #ledger: Ledger;
  readonly #refusals: RefusedEntry[];

  constructor(ledger: Ledger, refusals: RefusedEntry[]) {
    this.#ledger = ledger;
    this.#refusals = refusals;
  }

  ask(model: string, request: ContentRequest): PlayedAsked {
    const prompt = wordsOf(request).at(-1) ?? '';
    const kind = kindOf(request);
    const subject = kind === 'KEYFRAME' ? subjectOf(prompt) : prompt;
    const accept = (_end: End, play?: Scenario) => {
      if (play) return this.#play(model, request, { kind, subject, play });
      const refused = filtered(request);
      if (refused) return refused;
      const used = usedBy(model, request);
      this.#buy(request, { kind, subject, microUsd: used.microUsd });
      if (kind === 'MOMENTS') return momentsReply(request, used);
      return kind === 'KEYFRAME' ? pictureReply(request, used) : storyboardReply(request, used);
    };
    return { call: kind, subject, model, places: [kind], accept, blocked: blockedReply() };
  }

  #play(
    model: string,
    request: ContentRequest,
    { kind, subject, play }: { kind: Kind; subject: string; play: Scenario },
  ): Reply {
    const { name, money, says } = play;
    const [said] = says;
    const microUsd = chargeOfUsage(model, said?.body) ?? usedBy(model, request).microUsd;
    if (money === 'FREE') this.#refusals.push({ call: kind, subject, scenario: name });
    else this.#buy(request, { kind, subject, money, scenario: name, microUsd });
    const aspectRatio = request.generationConfig.imageConfig?.aspectRatio ?? '16:9';
    const ware = makePicture(subject, pictureSizeOf(aspectRatio)).toString('base64');
    return jsonReply(filled(said?.body, { model, ware }), said?.status);
  }

  #buy(
    request: ContentRequest,
    of: Pick<Purchase, 'subject' | 'money' | 'scenario' | 'microUsd'> & { kind: Kind },
  ): void {
    this.#ledger.buy({
      ...of,
      promptHash: digest(wordsOf(request).at(-1) ?? ''),
      pictures: picturesOf(request).map((picture) => digest(Buffer.from(picture, 'base64'))),
      boughtAt: Date.now(),
      operation: null,
    });
  }
}

const picturesOf = ({ contents }: ContentRequest): string[] =>
  contents.flatMap(({ parts }) =>
    parts.flatMap((part) => ('inlineData' in part ? [part.inlineData.data] : [])),
  );

/** A model that is asked for a picture and answers in words uses no tokens of pictures. */
function usedBy(model: string, request: ContentRequest): Used {
  if (!wantsPicture(request)) return usedByStoryboard(model);
  const size = request.generationConfig.imageConfig?.imageSize ?? '1K';
  return usedByPicture(model, isWords(request) ? null : size, picturesOf(request).length);
}

const digest = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
