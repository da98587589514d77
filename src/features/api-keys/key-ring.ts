/** Who may come in: the keys in use, in memory, and when they end. */
import { DomainError } from '../../core/errors.ts';
import type { PrismaClient } from '../../generated/prisma/client.ts';
import type { Actor } from '../../platform/context.ts';
import type { Notifications } from '../../platform/notifications.ts';
import { hashOf, isKey } from './key-text.ts';
import { Pass } from './pass.ts';

/** Channel that the trigger on `api_keys` notifies on (migration `api_keys_changed`). */
const CHANNEL = 'vidpipe_api_keys';
/** How often the keys in use are read again, in case a notification was lost. */
const CHECK_MILLISECONDS = 5_000;
/** How exactly `ApiKey.lastUsedAt` is kept. */
const TOUCH_MILLISECONDS = 60_000;

/** Lets requests in, or does not. */
export type Admission = {
  /**
   * Leave for whoever shows `key`; undefined is a client without one.
   *
   * @throws {DomainError} `UNAUTHENTICATED` if a key is asked for, and this is none that holds.
   */
  admit(key: string | undefined): Promise<Pass>;
  /** For whom anybody acts; null once keys are asked for. */
  readonly anybody: Actor | null;
};

/** Lets everybody in as `actor`, for ever. */
export function openTo(actor: Actor): Admission {
  const pass = new Pass(actor);
  return { anybody: actor, admit: () => Promise.resolve(pass) };
}

export type KeyRingOptions = {
  db: PrismaClient;
  notifications: Notifications;
  /** Who anybody is as long as the database has no key; null asks for keys always. */
  anybody: Actor | null;
  /** Told of a database that could not be asked; keys then stay as they were last seen. */
  onError: (error: unknown) => void;
};

type Used = { pass: Pass; touchedAt: number };

/**
 * Holds the keys in use. A key that is revoked, by whatever process, ends here with the notification of its change, or
 * with the next check; one that expires ends at that moment.
 */
export class KeyRing implements Admission {
  readonly #db: PrismaClient;
  readonly #onError: (error: unknown) => void;
  /** By the key's hash. */
  readonly #used = new Map<string, Used>();
  #anybody: Pass | null;
  #stopListening: () => void = () => {};
  #timer: NodeJS.Timeout | undefined;
  /** Checks and notes of use, one after the other. */
  #work: Promise<void> = Promise.resolve();
  #isClosed = false;

  /** Starts to listen for changes of keys. */
  static async open(options: KeyRingOptions): Promise<KeyRing> {
    const ring = new KeyRing(options);
    const check = () => ring.#queue(() => ring.#check());
    ring.#stopListening = await options.notifications.subscribe(CHANNEL, check, check);
    await ring.#check();
    ring.#plan();
    return ring;
  }

  private constructor({ db, anybody, onError }: KeyRingOptions) {
    this.#db = db;
    this.#onError = onError;
    this.#anybody = anybody && new Pass(anybody);
  }

  get anybody(): Actor | null {
    return this.#anybody?.actor ?? null;
  }

  async admit(key: string | undefined): Promise<Pass> {
    if (this.#anybody) return this.#anybody;
    const used = key !== undefined && isKey(key) ? await this.#find(hashOf(key)) : undefined;
    if (!used || used.pass.hasEnded) throw refusalOf(key);
    this.#touch(used);
    return used.pass;
  }

  /** Stops listening. Every pass ends. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#stopListening();
    for (const { pass } of this.#used.values()) pass.end();
    await this.#work;
  }

  async #find(keyHash: Buffer<ArrayBuffer>): Promise<Used | undefined> {
    const name = keyHash.toString('base64');
    const known = this.#used.get(name);
    if (known) return known;
    const row = await this.#db.apiKey.findUnique({ where: { keyHash } });
    if (!row || row.revokedAt || isPast(row.expiresAt)) return undefined;
    const actor = { name: `${row.name} (${row.prefix})`, workspaceId: row.workspaceId };
    // Asked for twice at once, it is still one: its sockets are counted by it.
    const used = this.#used.get(name) ?? { pass: new Pass(actor, row.id, row.expiresAt), touchedAt: 0 };
    this.#used.set(name, used);
    this.#plan();
    return used;
  }

  /** Looks again when the next key expires, but soon in any case. */
  #plan(): void {
    clearTimeout(this.#timer);
    if (this.#isClosed) return;
    const ends = [...this.#used.values()].map(({ pass }) => pass.expiresAt?.getTime() ?? Infinity);
    const wait = Math.min(CHECK_MILLISECONDS, ...ends.map((end) => end - Date.now()));
    this.#timer = setTimeout(
      () => {
        this.#endWhere(({ expiresAt }) => isPast(expiresAt));
        this.#queue(() => this.#check());
        this.#plan();
      },
      Math.max(0, wait),
    ).unref();
  }

  async #check(): Promise<void> {
    if (this.#anybody && (await this.#db.apiKey.count()) > 0) {
      this.#anybody.end();
      this.#anybody = null;
    }
    const ids = [...this.#used.values()].flatMap(({ pass }) => pass.keyId ?? []);
    if (ids.length === 0) return;
    const rows = await this.#db.apiKey.findMany({
      where: { id: { in: ids }, revokedAt: null },
      select: { id: true },
    });
    const held = new Set(rows.map(({ id }) => id));
    // Not those that were admitted while the database was asked.
    this.#endWhere(({ keyId }) => keyId !== null && ids.includes(keyId) && !held.has(keyId));
  }

  #endWhere(isOver: (pass: Pass) => boolean): void {
    for (const [name, { pass }] of this.#used) {
      if (!isOver(pass)) continue;
      this.#used.delete(name);
      pass.end();
    }
  }

  #touch(used: Used): void {
    const now = Date.now();
    const { keyId: id } = used.pass;
    if (id === null || now - used.touchedAt < TOUCH_MILLISECONDS) return;
    used.touchedAt = now;
    const before = new Date(now - TOUCH_MILLISECONDS);
    // Another process may have noted it.
    const isOld = { OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: before } }] };
    this.#queue(async () => {
      await this.#db.apiKey.updateMany({ where: { id, ...isOld }, data: { lastUsedAt: new Date(now) } });
    });
  }

  #queue(work: () => Promise<void>): void {
    this.#work = this.#work.then(() => (this.#isClosed ? undefined : work())).catch(this.#onError);
  }
}

const isPast = (time: Date | null): boolean => time !== null && time.getTime() <= Date.now();

const refusalOf = (key: string | undefined) =>
  new DomainError(
    'UNAUTHENTICATED',
    key === undefined
      ? 'This server asks for an API key: send "Authorization: Bearer vp_…". "vidpipe keys create NAME" makes one.'
      : 'This is no API key that holds: it is unknown, expired or revoked.',
  );
