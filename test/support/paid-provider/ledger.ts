import { existsSync, fsyncSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import type { Size } from '../../../src/providers/aspect-ratio.ts';
import type { PaidCall } from '../../../src/providers/paid-call.ts';
import type { Money, Scenario } from '../google-server/scenario.ts';
import type { End, LedgerEntry, OperationState, Settings } from './protocol.ts';

/** An operation as it was accepted. */
export type Operation = {
  name: string;
  size: Size;
  durationSeconds: number;
  end: End;
  /** Milliseconds since 1970. */
  endsAt: number;
  /** Whether it is paid back if it is filtered. */
  refundable: boolean;
  /** Address in a bucket where its file is put, if it was asked for there. */
  storedAt?: string;
  model?: string;
  /** How it was asked for, where there are several ways. */
  manner?: 'BACKGROUND' | 'HOLD' | 'STREAM';
  /** What is said of it in place of what this server would say. */
  play?: Scenario;
  /** What an answer says was used, where it says so. */
  usage?: object;
};

export type Purchase = {
  kind: PaidCall;
  subject: string;
  promptHash: string;
  pictures: string[];
  /** Its price in micro-USD, if it is charged. */
  microUsd: number;
  /** Milliseconds since 1970. */
  boughtAt: number;
  operation: Operation | null;
  /** Whether it is charged, where that is no matter of how it ends. */
  money?: Money;
  /** What struck it, where that is no matter of an operation. */
  scenario?: string;
};

type Line =
  | { event: 'BOUGHT'; purchase: Purchase }
  | { event: 'POLLED' | 'DOWNLOADED' | 'CANCELLED'; operationName: string }
  | { event: 'SET'; settings: Settings };

/** A purchase and what the ledger's later lines say of it. */
export type Account = Purchase & { polls: number; downloads: number; cancelled: boolean };

const DEFAULTS: Settings = { operationMs: 500, cancels: true, refundsFiltered: true };

/** What was bought, in a file of one JSON line an event: nothing that was answered is forgotten when the process dies. */
export class Ledger {
  readonly #file: number;
  readonly #accounts: Account[] = [];
  #settings = DEFAULTS;

  /** Opens the file and reads what is in it, or begins it. */
  constructor(path: string) {
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    // A line without an end was being written when the process died: it was never answered.
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    if (whole !== text) truncateSync(path, Buffer.byteLength(whole));
    for (const line of whole.split('\n').filter(Boolean)) this.#apply(JSON.parse(line) as Line);
    this.#file = openSync(path, 'a');
  }

  get settings(): Settings {
    return this.#settings;
  }

  /** Adds a purchase; it is on the disk when this returns. */
  buy(purchase: Purchase): void {
    this.#write({ event: 'BOUGHT', purchase });
    fsyncSync(this.#file);
  }

  /** Adds to an operation what was done with it. */
  note(event: 'POLLED' | 'DOWNLOADED' | 'CANCELLED', operationName: string): void {
    this.#write({ event, operationName });
  }

  /** Changes how the provider behaves from now on. */
  set(settings: Settings): void {
    this.#write({ event: 'SET', settings });
  }

  /** The purchase that an operation belongs to. */
  find(operationName: string): Account | undefined {
    return this.#accounts.find(({ operation }) => operation?.name === operationName);
  }

  /** The purchase whose file was put at an address. */
  findStored(storedAt: string): Account | undefined {
    return this.#accounts.find(({ operation }) => operation?.storedAt === storedAt);
  }

  /** All purchases, in their order. */
  entries(): LedgerEntry[] {
    return this.#accounts.map(describe);
  }

  #write(line: Line): void {
    writeSync(this.#file, `${JSON.stringify(line)}\n`);
    this.#apply(line);
  }

  #apply(line: Line): void {
    if (line.event === 'SET') this.#settings = line.settings;
    else if (line.event === 'BOUGHT')
      this.#accounts.push({ ...line.purchase, polls: 0, downloads: 0, cancelled: false });
    else {
      const account = this.find(line.operationName);
      if (!account) throw new Error(`The ledger has no ${line.operationName}.`);
      if (line.event === 'POLLED') account.polls += 1;
      if (line.event === 'DOWNLOADED') account.downloads += 1;
      if (line.event === 'CANCELLED') account.cancelled = true;
    }
  }
}

/** How an operation stands now; null for what was delivered at once. */
export function stateOf({ operation, cancelled }: Account): OperationState | null {
  if (!operation) return null;
  if (cancelled) return 'CANCELLED';
  if (operation.end === 'NEVER' || Date.now() < operation.endsAt) return 'RUNNING';
  return operation.end === 'BLOCKED' ? 'FAILED' : operation.end;
}

/** What was delivered at once is; an operation once it has ended otherwise than by failing. */
const isCharged = (state: OperationState | null) =>
  state === null || state === 'DONE' || state === 'FILTERED';

function chargeOf({ money, microUsd }: Account, state: OperationState | null, refunded: boolean): number {
  if (money !== undefined) return money === 'SOLD' ? microUsd : 0;
  return refunded || !isCharged(state) ? 0 : microUsd;
}

function describe(account: Account): LedgerEntry {
  const { kind, subject, promptHash, pictures, boughtAt, operation, polls, downloads, money } = account;
  const state = stateOf(account);
  const refunded = state === 'FILTERED' && operation?.refundable === true;
  return {
    kind,
    subject,
    promptHash,
    pictures,
    boughtAt: new Date(boughtAt).toISOString(),
    operationName: operation?.name ?? null,
    state,
    refunded,
    chargedMicroUsd: chargeOf(account, state, refunded),
    isKnown: money !== 'NOBODY_KNOWS',
    scenario: operation?.play?.name ?? account.scenario ?? null,
    polls,
    downloads,
  };
}
