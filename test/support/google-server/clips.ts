/** Operations of Veo and interactions of Omni: sold, asked about, stopped. */
import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Account, type Ledger, type Operation, stateOf } from '../paid-provider/ledger.ts';
import type { End } from '../paid-provider/protocol.ts';
import { jsonReply, Refusal, type Reply } from '../paid-provider/reply.ts';
import type { ClipShelf } from '../paid-provider/wares.ts';
import { chargeOfVeo, usedByOmni } from './charges.ts';
import { sizeOf } from './content.ts';
import { filled } from './fill.ts';
import {
  beginning,
  begun,
  ending,
  filmStep,
  idOf,
  interaction,
  isInteraction,
  namedFirst,
} from './omni-answers.ts';
import { saidAt, type Said, type Scenario } from './scenario.ts';
import type { PlayedAsked, RefusedEntry } from './play.ts';
import { streamReply } from './stream.ts';
import { subjectOf } from './subject.ts';
import { chargeOfUsage } from './usage-bill.ts';
import { operationWith, operationWithout } from './veo-answers.ts';
import { waitUntil } from './wait-until.ts';
import { formatOf, type OmniRequest, type VeoRequest } from './wire.ts';
import type { World } from './world.ts';

/** How an interaction is asked for: answered at once, when it has ended, or as it goes on. */
type Manner = 'BACKGROUND' | 'HOLD' | 'STREAM';

type Order = {
  name: string;
  model: string;
  prompt: string;
  pictures: string[];
  aspectRatio: string;
  durationSeconds: number;
  microUsd: number;
  /** As the answer tells it; Veo's does not. */
  usage?: object;
  storedAt?: string;
  manner: Manner;
};

/** Where clips are bought, asked about and stopped. */
export class ClipCounter {
  readonly #ledger: Ledger;
  readonly #shelf: ClipShelf;
  readonly #world: () => World;
  readonly #refusals: RefusedEntry[];
  /** How often each clip was asked about since there is something else to say of it. */
  readonly #heard = new Map<string, number>();

  constructor(ledger: Ledger, shelf: ClipShelf, world: () => World, refusals: RefusedEntry[]) {
    this.#world = world;
    this.#refusals = refusals;
    this.#ledger = ledger;
    this.#shelf = shelf;
  }

  veo(parent: string, { instances, parameters }: VeoRequest): PlayedAsked {
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
      model,
      prompt,
      pictures: pictures.flatMap((picture) => (picture ? [picture.bytesBase64Encoded] : [])),
      aspectRatio,
      durationSeconds,
      microUsd: chargeOfVeo(model, resolution, durationSeconds, generateAudio),
      ...(storageUri !== undefined && { storedAt: `${storageUri.replace(/\/$/, '')}/${id}/sample_0.mp4` }),
      manner: 'BACKGROUND',
    });
  }

  omni(request: OmniRequest): PlayedAsked {
    const { model, input, background = false, stream = false } = request;
    const format = formatOf(request);
    const durationSeconds = Number.parseInt(format.duration, 10);
    const words = input.flatMap((part) => (part.type === 'text' ? [part.text] : []));
    const pictures = input.flatMap((part) => (part.type === 'image' ? [part.data] : []));
    const tags = words.join(' ').match(/@Image\d/g) ?? [];
    if (new Set(tags).size !== pictures.length) throw new Refusal(400, 'Each image is named by its tag.');
    const bucket = format.gcs_uri?.replace(/\/$/, '');
    const file =
      bucket === undefined ? `files/clip-${randomUUID()}` : `${bucket}/${randomUUID()}/sample_0.mp4`;
    return this.#sell({
      name: `interactions/v1_${randomUUID()}`,
      model,
      prompt: words.join(' '),
      pictures,
      aspectRatio: format.aspect_ratio,
      durationSeconds,
      ...usedByOmni(model, format.resolution, durationSeconds, pictures.length),
      ...(format.delivery === 'uri' && { storedAt: file }),
      manner: stream ? 'STREAM' : background ? 'BACKGROUND' : 'HOLD',
    });
  }

  /** Asks about either; the reply is worded by who is asked. */
  poll(name: string): PlayedAsked {
    const { account, operation } = this.#find(name);
    const accept = async () => {
      this.#ledger.note('POLLED', name);
      return this.#standing(account, operation);
    };
    return { call: 'POLL', subject: account.subject, model: operation.model, accept };
  }

  /** Goes on with the stream of an interaction. */
  follow(name: string, lastEventId: string | undefined): PlayedAsked {
    const { account, operation } = this.#find(name);
    const accept = () => {
      this.#ledger.note('POLLED', name);
      return this.#streamOf(account, operation, lastEventId);
    };
    return { call: 'POLL', subject: account.subject, model: operation.model, accept };
  }

  /** Whether it was asked for in the background. */
  isInBackground = (name: string): boolean => this.#find(name).operation.manner === 'BACKGROUND';

  cancel(name: string): PlayedAsked {
    const { account, operation } = this.#find(name);
    const accept = () => {
      if (this.#ledger.settings.cancels && stateOf(account) === 'RUNNING')
        this.#ledger.note('CANCELLED', name);
      return jsonReply(interaction(account, name));
    };
    return { call: 'CANCEL', subject: account.subject, model: operation.model, accept };
  }

  #sell(order: Order): PlayedAsked {
    const { name, model, prompt, pictures, aspectRatio, durationSeconds, storedAt, manner } = order;
    const subject = subjectOf(prompt);
    const accept = (end: End, play?: Scenario) => {
      const refused = play?.at === 'SUBMIT' ? play.says[0] : undefined;
      if (play && refused && play.money === 'FREE') return this.#refuse(order, refused, play);
      const atDoor = manner === 'HOLD' && play ? refusedAtDoor(play) : undefined;
      if (play && atDoor) return this.#refuse(order, atDoor, play);
      const { operationMs, refundsFiltered } = this.#ledger.settings;
      const operation: Operation = {
        name,
        model,
        manner,
        size: sizeOf(aspectRatio),
        durationSeconds,
        end,
        endsAt: Date.now() + operationMs,
        refundable: refundsFiltered,
        ...(storedAt !== undefined && { storedAt }),
        ...(order.usage && { usage: order.usage }),
        ...(play && { play }),
      };
      this.#ledger.buy({
        kind: 'CLIP',
        subject,
        promptHash: digest(prompt),
        pictures: pictures.map((picture) => digest(Buffer.from(picture, 'base64'))),
        microUsd: (play && chargeOfUsage(model, play.says.at(-1)?.body)) ?? order.microUsd,
        boughtAt: Date.now(),
        operation,
        ...(play && { money: play.money }),
      });
      // Begun now, so that it is there when it is fetched; who fetches it hears of a failure.
      this.#shelf.take(operation.size, durationSeconds).catch(() => {});
      return refused ? this.#said(operation, refused) : this.#accepted(operation);
    };
    return { call: 'SUBMIT', subject, model, places: ['SUBMIT', 'POLL', 'FILE', 'DOWNLOAD'], accept };
  }

  #refuse({ model, prompt }: Order, { status, body }: Said, { name }: Scenario): Reply {
    this.#refusals.push({ call: 'SUBMIT', subject: subjectOf(prompt), scenario: name });
    return jsonReply(filled(body, { model }), status);
  }

  #accepted({ name, manner }: Operation): Reply | Promise<Reply> {
    const { account, operation } = this.#find(name);
    if (manner === 'HOLD') return this.#held(account, operation);
    if (manner === 'STREAM') return this.#streamOf(account, operation);
    return jsonReply(isInteraction(name) ? begun(name) : { name });
  }

  #held(account: Account, operation: Operation): Reply | Promise<Reply> {
    const end = async () => {
      await waitUntil(operation.endsAt);
      return this.#standing(account, operation, LAST);
    };
    return this.#world().namesHeld ? namedFirst(operation.name, end) : end();
  }

  #streamOf(account: Account, operation: Operation, lastEventId?: string): Reply {
    const ends = async () => {
      const { status, body } = await this.#standing(account, operation, LAST);
      const told = JSON.parse(body.toString()) as Record<string, unknown>;
      return ending(this.#world().namesStreamed ? told : { ...told, id: '' }, status);
    };
    const begins = beginning(this.#world().namesStreamed ? operation.name : '');
    return streamReply(begins, ends, operation.endsAt, lastEventId);
  }

  /** @param nth what is said of several; one after the other unless given. */
  async #standing(account: Account, operation: Operation, nth?: number): Promise<Reply> {
    const { name, storedAt, play, endsAt } = operation;
    const isPlayed = play?.at === 'POLL' && (play.atOnce === true || Date.now() >= endsAt);
    const said = isPlayed ? saidAt(play, nth ?? this.#count(name)) : null;
    if (said) return this.#said(operation, said);
    const state = stateOf(account) ?? 'FAILED';
    if (!isInteraction(name)) {
      if (state !== 'DONE') return jsonReply(operationWithout(operation, state));
      const held =
        storedAt === undefined ? { bytesBase64Encoded: await this.#film(operation) } : { gcsUri: storedAt };
      return jsonReply(operationWith(operation, held));
    }
    if (state !== 'DONE') return jsonReply(interaction(account, name));
    return jsonReply(interaction(account, name, [filmStep(await this.#delivered(operation))]));
  }

  async #delivered(operation: Operation): Promise<{ uri: string } | { data: string }> {
    const { storedAt } = operation;
    if (storedAt === undefined) return { data: await this.#film(operation) };
    if (storedAt.startsWith('gs://')) return { uri: storedAt };
    return { uri: `https://generativelanguage.googleapis.com/v1beta/${storedAt}:download?alt=media` };
  }

  async #said(operation: Operation, { status, body }: Said): Promise<Reply> {
    const { name, storedAt, model } = operation;
    const ware = await this.#film(operation);
    const id = isInteraction(name) ? idOf(name) : undefined;
    const real = {
      storedAt,
      operationName: name,
      ware,
      ...(model !== undefined && { model }),
      ...(id !== undefined && { id }),
    };
    return jsonReply(filled(body, real), status);
  }

  #count(name: string): number {
    const nth = this.#heard.get(name) ?? 0;
    this.#heard.set(name, nth + 1);
    return nth;
  }

  #film = async ({ size, durationSeconds }: Operation): Promise<string> =>
    (await readFile(await this.#shelf.take(size, durationSeconds))).toString('base64');

  #find(name: string): { account: Account; operation: Operation } {
    const account = this.#ledger.find(name);
    if (!account?.operation) throw new Refusal(404, `${name} does not exist.`);
    return { account, operation: account.operation };
  }
}

/** What is refused before anything is made is a refused request where the answer is waited for: those are free (omni facts, 29). */
const refusedAtDoor = ({ at, atOnce, says: [first] }: Scenario): Said | undefined =>
  at === 'POLL' && atOnce && first && first.status >= 400 ? first : undefined;

/** Whoever waits for the end hears what is said last. */
const LAST = Number.MAX_SAFE_INTEGER;

const digest = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
