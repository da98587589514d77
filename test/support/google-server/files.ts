/** Files of clips: what the Files service tells of them, and themselves. */
import { readFile } from 'node:fs/promises';
import { type Account, type Ledger, type Operation, stateOf } from '../paid-provider/ledger.ts';
import { jsonReply, Refusal, type Reply } from '../paid-provider/reply.ts';
import type { ClipShelf } from '../paid-provider/wares.ts';
import { filled } from './fill.ts';
import type { PlayedAsked } from './play.ts';
import { saidAt } from './scenario.ts';
import type { World } from './world.ts';

const KEPT_MS = 48 * 3_600_000;

export class FileCounter {
  readonly #ledger: Ledger;
  readonly #shelf: ClipShelf;
  readonly #world: () => World;
  /** How often each file was asked about. */
  readonly #asked = new Map<string, number>();

  constructor(ledger: Ledger, shelf: ClipShelf, world: () => World) {
    this.#ledger = ledger;
    this.#shelf = shelf;
    this.#world = world;
  }

  /** What is told of a file. */
  describe(storedAt: string): PlayedAsked {
    const { account, operation } = this.#find(storedAt);
    const accept = () => this.#told(account, operation, storedAt);
    return { call: 'POLL', subject: account.subject, accept };
  }

  /** The file that was put at an address. */
  download(storedAt: string): PlayedAsked {
    const { account, operation } = this.#find(storedAt);
    const accept = async () => {
      if (stateOf(account) !== 'DONE') throw new Refusal(404, `${storedAt} does not exist.`);
      const refused = this.#refusal(operation, storedAt);
      if (refused) return refused;
      this.#ledger.note('DOWNLOADED', operation.name);
      const { size, durationSeconds } = operation;
      const body = await readFile(await this.#shelf.take(size, durationSeconds));
      return { status: 200, type: 'video/mp4', body };
    };
    return { call: 'DOWNLOAD', subject: account.subject, accept };
  }

  #told(account: Account, operation: Operation, storedAt: string): Reply {
    if (stateOf(account) !== 'DONE') throw new Refusal(404, `${storedAt} does not exist.`);
    const { play } = operation;
    const said = play?.at === 'FILE' ? saidAt(play, this.#count(storedAt)) : null;
    if (said) return jsonReply(filled(said.body, { storedAt }), said.status);
    const uri = `https://generativelanguage.googleapis.com/v1beta/${storedAt}`;
    const told = { name: storedAt, mimeType: 'video/mp4', source: 'GENERATED', uri };
    if (!this.#isActive(operation)) return jsonReply({ ...told, state: 'PROCESSING' });
    const expirationTime = new Date(operation.endsAt + KEPT_MS).toISOString();
    return jsonReply({ ...told, state: 'ACTIVE', expirationTime, downloadUri: `${uri}:download?alt=media` });
  }

  /** Why it cannot be fetched; null if it can. */
  #refusal(operation: Operation, storedAt: string): Reply | null {
    const { play } = operation;
    const said = play?.at === 'DOWNLOAD' ? saidAt(play, this.#count(storedAt)) : null;
    if (said) return jsonReply(filled(said.body, { storedAt }), said.status);
    const heard = this.#asked.get(storedAt) ?? 0;
    const isLate = play?.at === 'FILE' && saidAt(play, heard) !== null;
    if (!isLate && this.#isActive(operation)) return null;
    // Never recorded of a download; what other uses of such a file get (omni facts, 24).
    const message = `The File ${storedAt.slice('files/'.length)} is not in an ACTIVE state and usage is not allowed.`;
    return jsonReply({ error: { code: 400, message, status: 'FAILED_PRECONDITION' } }, 400);
  }

  #isActive = ({ endsAt, storedAt }: Operation): boolean =>
    storedAt?.startsWith('files/') !== true || Date.now() >= endsAt + this.#world().fileMs;

  #count(storedAt: string): number {
    const nth = this.#asked.get(storedAt) ?? 0;
    this.#asked.set(storedAt, nth + 1);
    return nth;
  }

  #find(storedAt: string): { account: Account; operation: Operation } {
    const account = this.#ledger.findStored(storedAt);
    if (!account?.operation) throw new Refusal(404, `${storedAt} does not exist.`);
    return { account, operation: account.operation };
  }
}
