/** Storyboards and pictures: sold, or refused. */
import { createHash } from 'node:crypto';
import type { Ledger, Purchase } from '../paid-provider/ledger.ts';
import type { End } from '../paid-provider/protocol.ts';
import { jsonReply, type Reply } from '../paid-provider/reply.ts';
import { makePicture } from '../paid-provider/wares.ts';
import { chargeOfPicture, chargeOfStoryboard, chargeOfWords } from './charges.ts';
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
import { filled } from './fill.ts';
import type { PlayedAsked, RefusedEntry } from './play.ts';
import type { Scenario } from './scenario.ts';
import { subjectOf } from './subject.ts';
import { chargeOfUsage } from './usage-bill.ts';
import type { ContentRequest } from './wire.ts';

type Kind = 'KEYFRAME' | 'STORYBOARD';

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
    const kind: Kind = wantsPicture(request) ? 'KEYFRAME' : 'STORYBOARD';
    const subject = kind === 'KEYFRAME' ? subjectOf(prompt) : prompt;
    const accept = (_end: End, play?: Scenario) => {
      if (play) return this.#play(model, request, { kind, subject, play });
      const refused = filtered(request);
      if (refused) return refused;
      this.#buy(model, request, { kind, subject });
      return kind === 'KEYFRAME' ? pictureReply(request) : storyboardReply(request);
    };
    return { call: kind, subject, model, places: [kind], accept, blocked: blockedReply() };
  }

  #play(
    model: string,
    request: ContentRequest,
    { kind, subject, play }: { kind: Kind; subject: string; play: Scenario },
  ): Reply {
    const { name, money, says } = play;
    if (money === 'FREE') this.#refusals.push({ call: kind, subject, scenario: name });
    const [said] = says;
    const used = chargeOfUsage(model, said?.body);
    const bill = used === null ? {} : { microUsd: used };
    if (money !== 'FREE') this.#buy(model, request, { kind, subject, money, scenario: name, ...bill });
    const aspectRatio = request.generationConfig.imageConfig?.aspectRatio ?? '16:9';
    const ware = makePicture(subject, pictureSizeOf(aspectRatio)).toString('base64');
    return jsonReply(filled(said?.body, { model, ware }), said?.status);
  }

  #buy(
    model: string,
    request: ContentRequest,
    { kind, ...of }: Pick<Purchase, 'subject' | 'money' | 'scenario'> & { kind: Kind; microUsd?: number },
  ): void {
    const pictures = request.contents.flatMap(({ parts }) =>
      parts.flatMap((part) =>
        'inlineData' in part ? [digest(Buffer.from(part.inlineData.data, 'base64'))] : [],
      ),
    );
    this.#ledger.buy({
      kind,
      microUsd: chargeOf(kind, model, request),
      ...of,
      promptHash: digest(wordsOf(request).at(-1) ?? ''),
      pictures,
      boughtAt: Date.now(),
      operation: null,
    });
  }
}

function chargeOf(kind: Kind, model: string, request: ContentRequest): number {
  if (kind === 'STORYBOARD') return chargeOfStoryboard();
  if (isWords(request)) return chargeOfWords(model);
  return chargeOfPicture(model, request.generationConfig.imageConfig?.imageSize ?? '1K');
}

const digest = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
