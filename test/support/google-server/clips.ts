/** Operations of Veo and interactions of Omni. */
import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Account, type Ledger, type Operation, stateOf } from '../paid-provider/ledger.ts';
import type { End } from '../paid-provider/protocol.ts';
import { type Asked, BLOCKED_PROMPT, jsonReply, Refusal, type Reply } from '../paid-provider/reply.ts';
import type { ClipShelf } from '../paid-provider/wares.ts';
import { chargeOfOmni, chargeOfVeo } from './charges.ts';
import { sizeOf } from './content.ts';
import { subjectOf } from './subject.ts';
import type { OmniRequest, VeoRequest } from './wire.ts';

const FILTER_REASON = 'The video was blocked because the input image violates the usage guidelines.';

type Order = {
  name: string;
  prompt: string;
  pictures: string[];
  aspectRatio: string;
  durationSeconds: number;
  microUsd: number;
  storedAt?: string;
};

/** Where clips are bought, asked about and fetched. */
export class ClipCounter {
  readonly #ledger: Ledger;
  readonly #shelf: ClipShelf;

  constructor(ledger: Ledger, shelf: ClipShelf) {
    this.#ledger = ledger;
    this.#shelf = shelf;
  }

  veo(parent: string, { instances, parameters }: VeoRequest): Asked {
    const [instance] = instances;
    if (!instance) throw new Refusal(400, 'No instance.');
    const { prompt, image, lastFrame, referenceImages = [] } = instance;
    if (referenceImages.length > 0 && (image || lastFrame))
      throw new Refusal(400, 'image, lastFrame and referenceImages exclude each other.');
    if (referenceImages.length > 0 && parameters.durationSeconds !== 8)
      throw new Refusal(400, 'Reference images need 8 seconds.');
    const id = randomUUID();
    const { storageUri, aspectRatio, durationSeconds, resolution, generateAudio } = parameters;
    const model = parent.split('/').at(-1) ?? '';
    const pictures = [image, lastFrame, ...referenceImages.map((reference) => reference.image)];
    return this.#sell({
      name: `${parent}/operations/${id}`,
      prompt,
      pictures: pictures.flatMap((picture) => (picture ? [picture.bytesBase64Encoded] : [])),
      aspectRatio,
      durationSeconds,
      microUsd: chargeOfVeo(model, resolution, durationSeconds, generateAudio),
      ...(storageUri !== undefined && { storedAt: `${storageUri.replace(/\/$/, '')}/${id}/sample_0.mp4` }),
    });
  }

  omni({ model, input, response_format: format }: OmniRequest): Asked {
    const durationSeconds = Number.parseInt(format.duration, 10);
    const words = input.flatMap((part) => (part.type === 'text' ? [part.text] : []));
    const pictures = input.flatMap((part) => (part.type === 'image' ? [part.data] : []));
    const tags = words.join(' ').match(/@Image\d/g) ?? [];
    if (new Set(tags).size !== pictures.length) throw new Refusal(400, 'Each image is named by its tag.');
    const file = `files/clip-${randomUUID()}`;
    return this.#sell({
      name: `interactions/v1_${randomUUID()}`,
      prompt: words.join(' '),
      pictures,
      aspectRatio: format.aspect_ratio,
      durationSeconds,
      microUsd: chargeOfOmni(model, format.resolution, durationSeconds),
      ...(format.delivery === 'uri' && { storedAt: file }),
    });
  }

  /** Asks about either; the reply is worded by who is asked. */
  poll(name: string): Asked {
    const { account, operation } = this.#find(name);
    const accept = async () => {
      this.#ledger.note('POLLED', name);
      return this.#standing(account, operation);
    };
    return { call: 'POLL', subject: account.subject, accept };
  }

  cancel(name: string): Asked {
    const { account } = this.#find(name);
    const accept = () => {
      if (this.#ledger.settings.cancels && stateOf(account) === 'RUNNING')
        this.#ledger.note('CANCELLED', name);
      return jsonReply(interaction(account, name, []));
    };
    return { call: 'CANCEL', subject: account.subject, accept };
  }

  /** The file that was put at an address. */
  download(storedAt: string): Asked {
    const account = this.#ledger.findStored(storedAt);
    if (!account?.operation) throw new Refusal(404, `${storedAt} does not exist.`);
    const { operation, subject } = account;
    const accept = async () => {
      if (stateOf(account) !== 'DONE') throw new Refusal(404, `${storedAt} does not exist.`);
      this.#ledger.note('DOWNLOADED', operation.name);
      return { status: 200, type: 'video/mp4', body: await this.#film(operation) };
    };
    return { call: 'DOWNLOAD', subject, accept };
  }

  #sell(order: Order): Asked {
    const { name, prompt, pictures, aspectRatio, durationSeconds, microUsd, storedAt } = order;
    const subject = subjectOf(prompt);
    const accept = (end: End) => {
      const { operationMs, refundsFiltered } = this.#ledger.settings;
      const operation: Operation = {
        name,
        size: sizeOf(aspectRatio),
        durationSeconds,
        end,
        endsAt: Date.now() + operationMs,
        refundable: refundsFiltered,
        ...(storedAt !== undefined && { storedAt }),
      };
      this.#ledger.buy({
        kind: 'CLIP',
        subject,
        promptHash: digest(prompt),
        pictures: pictures.map((picture) => digest(Buffer.from(picture, 'base64'))),
        microUsd,
        boughtAt: Date.now(),
        operation,
      });
      // Begun now, so that it is there when it is fetched; who fetches it hears of a failure.
      this.#shelf.take(operation.size, durationSeconds).catch(() => {});
      return jsonReply(
        isInteraction(name)
          ? { id: name.slice('interactions/'.length), status: 'in_progress', steps: [] }
          : { name },
      );
    };
    return { call: 'SUBMIT', subject, accept };
  }

  async #standing(account: Account, operation: Operation): Promise<Reply> {
    const state = stateOf(account);
    const { name, storedAt } = operation;
    const film = async () => (await this.#film(operation)).toString('base64');
    if (isInteraction(name)) {
      if (state !== 'DONE') return jsonReply(interaction(account, name, []));
      const file = `https://generativelanguage.googleapis.com/v1/${storedAt}:download?alt=media`;
      const held = storedAt === undefined ? { data: await film() } : { uri: file };
      const video = { type: 'video', mime_type: 'video/mp4', ...held };
      return jsonReply(interaction(account, name, [{ type: 'model_output', content: [video] }]));
    }
    if (state === 'RUNNING') return jsonReply({ name });
    if (state === 'FILTERED') {
      const response = { raiMediaFilteredCount: 1, raiMediaFilteredReasons: [FILTER_REASON] };
      return jsonReply({ name, done: true, response });
    }
    if (state !== 'DONE') return jsonReply({ name, done: true, error: errorOf(operation) });
    const held = storedAt === undefined ? { bytesBase64Encoded: await film() } : { gcsUri: storedAt };
    return jsonReply({ name, done: true, response: { videos: [{ ...held, mimeType: 'video/mp4' }] } });
  }

  #film = async ({ size, durationSeconds }: Operation): Promise<Buffer> =>
    readFile(await this.#shelf.take(size, durationSeconds));

  #find(name: string): { account: Account; operation: Operation } {
    const account = this.#ledger.find(name);
    if (!account?.operation) throw new Refusal(404, `${name} does not exist.`);
    return { account, operation: account.operation };
  }
}

const isInteraction = (name: string): boolean => name.startsWith('interactions/');

const STATUSES = {
  RUNNING: 'in_progress',
  DONE: 'completed',
  FAILED: 'failed',
  FILTERED: 'failed',
  CANCELLED: 'cancelled',
} as const;

function interaction(account: Account, name: string, steps: object[]): object {
  const state = stateOf(account) ?? 'FAILED';
  const errors: Partial<Record<string, object[]>> = {
    FAILED: [
      account.operation?.end === 'BLOCKED'
        ? { code: 'content_blocked', message: BLOCKED_PROMPT }
        : { code: '500', message: 'An internal error occurred.' },
    ],
    FILTERED: [{ code: 'content_blocked', message: FILTER_REASON }],
  };
  const shown = errors[state];
  return {
    id: name.slice('interactions/'.length),
    status: STATUSES[state],
    steps,
    ...(shown && { errors: shown }),
  };
}

const errorOf = ({ end }: Operation): object =>
  end === 'BLOCKED'
    ? { code: 3, message: BLOCKED_PROMPT }
    : { code: 13, message: 'An internal error occurred.' };

const digest = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
