import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ClipVerdict } from '../../../src/providers/clip-verdict.ts';
import { type Account, type Ledger, type Operation, type Purchase, stateOf } from './ledger.ts';
import { CHARGES, clipOrder, type ClipOrder, type End, keyframeOrder, storyboardOrder } from './protocol.ts';
import { type Asked, jsonReply, Refusal } from './reply.ts';
import { type ClipShelf, makePicture, makeStoryboard } from './wares.ts';

/** Where calls are understood and, once accepted, booked and served. */
export class Counter {
  readonly #ledger: Ledger;
  readonly #shelf: ClipShelf;

  constructor(ledger: Ledger, shelf: ClipShelf) {
    this.#ledger = ledger;
    this.#shelf = shelf;
  }

  storyboard(body: unknown): Asked {
    const { subject, prompt, maxScenes } = storyboardOrder.parse(body);
    const accept = () => {
      this.#ledger.buy(purchase('STORYBOARD', { subject, prompt }, [], CHARGES.STORYBOARD));
      return jsonReply(makeStoryboard(prompt, maxScenes));
    };
    return { call: 'STORYBOARD', subject, accept };
  }

  keyframe(body: unknown): Asked {
    const order = keyframeOrder.parse(body);
    const accept = () => {
      this.#ledger.buy(
        purchase('KEYFRAME', order, order.fromPicture === null ? [] : [order.fromPicture], CHARGES.KEYFRAME),
      );
      return jsonReply({ png: makePicture(order.prompt, order).toString('base64') });
    };
    return { call: 'KEYFRAME', subject: order.subject, accept };
  }

  clip(body: unknown): Asked {
    const order = clipOrder.parse(body);
    const accept = (end: End) => {
      const operation = this.#operation(order, end);
      const pictures = [order.startPicture, order.endPicture];
      const microUsd = order.durationSeconds * CHARGES.SECOND_OF_CLIP;
      this.#ledger.buy({ ...purchase('CLIP', order, pictures, microUsd), operation });
      // Begun now, so that it is there when it is fetched; who fetches it hears of a failure.
      this.#shelf.take(operation.size, operation.durationSeconds).catch(() => {});
      return jsonReply({ name: operation.name });
    };
    return { call: 'SUBMIT', subject: order.subject, accept };
  }

  poll(id: string): Asked {
    const { account, operation } = this.#find(id);
    const accept = () => {
      this.#ledger.note('POLLED', operation.name);
      return jsonReply(standing(account, id));
    };
    return { call: 'POLL', subject: account.subject, accept };
  }

  cancel(id: string): Asked {
    const { account, operation } = this.#find(id);
    const accept = () => {
      const cancelled = this.#ledger.settings.cancels && stateOf(account) === 'RUNNING';
      if (cancelled) this.#ledger.note('CANCELLED', operation.name);
      return jsonReply({ cancelled });
    };
    return { call: 'CANCEL', subject: account.subject, accept };
  }

  download(id: string): Asked {
    const { account, operation } = this.#find(id);
    const accept = async () => {
      if (stateOf(account) !== 'DONE') throw new Refusal(404, 'There is no file.');
      this.#ledger.note('DOWNLOADED', operation.name);
      const file = await this.#shelf.take(operation.size, operation.durationSeconds);
      return { status: 200, type: 'video/mp4', body: await readFile(file) };
    };
    return { call: 'DOWNLOAD', subject: account.subject, accept };
  }

  #operation({ width, height, durationSeconds }: ClipOrder, end: End): Operation {
    const { operationMs, refundsFiltered } = this.#ledger.settings;
    return {
      name: nameOf(randomUUID()),
      size: { width, height },
      durationSeconds,
      end,
      endsAt: Date.now() + operationMs,
      refundable: refundsFiltered,
    };
  }

  #find(id: string): { account: Account; operation: Operation } {
    const account = this.#ledger.find(nameOf(id));
    if (!account?.operation) throw new Refusal(404, 'There is no such operation.');
    return { account, operation: account.operation };
  }
}

const nameOf = (id: string): string => `operations/${id}`;

const purchase = (
  kind: Purchase['kind'],
  { subject, prompt }: { subject: string; prompt: string },
  pictures: string[],
  microUsd: number,
): Purchase => ({
  kind,
  subject,
  promptHash: createHash('sha256').update(prompt).digest('hex'),
  pictures,
  microUsd,
  boughtAt: Date.now(),
  operation: null,
});

function standing(account: Account, id: string): ClipVerdict {
  const state = stateOf(account);
  const bill = { usage: null, isFree: true };
  switch (state) {
    case 'DONE':
      return { verdict: 'FILM', uri: `files/${id}` };
    case 'FILTERED':
      return {
        verdict: 'REFUSED_BY_SAFETY',
        words: 'The safety filter refused the clip.',
        refusedInput: 'UNKNOWN',
        bill,
      };
    case 'FAILED':
      return { verdict: 'REFUSED_AS_ASKED', words: 'The model failed.', bill };
    case 'CANCELLED':
      return { verdict: 'REFUSED_AS_ASKED', words: 'The operation was cancelled.', bill };
    default:
      return { verdict: 'STILL_WORKING' };
  }
}
