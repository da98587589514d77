/** One deal with a vendor for what it offers, as the engine makes it: set aside, committed, paid. */
import { newId } from '../../src/core/ids.ts';
import type { Purchase } from '../../src/features/budget/reservation.ts';
import { spend } from '../../src/features/budget/spend.ts';
import { reserve } from '../../src/features/runs/engine/reserve.ts';
import type { Provider } from '../../src/generated/prisma/client.ts';
import type { CapabilityOf } from '../../src/providers/capabilities/capabilities.ts';
import type { CallOptions } from '../../src/providers/capabilities/capability.ts';
import type { PaidCall } from '../../src/providers/paid-call.ts';
import { requireCapability } from '../../src/providers/registry.ts';
import type { Reservation } from '../../src/providers/reservation.ts';
import { freeReservation } from '../support/free-reservation.ts';
import { seedRun } from '../support/paid-project.ts';
import type { Trouble } from '../support/paid-provider/protocol.ts';
import type { TestPlatform } from '../support/test-platform.ts';
import type { Customer, Wish } from './customers.ts';
import type { Vendor, VendorUnderContract } from './vendors.ts';

type Contract = Vendor & Pick<VendorUnderContract, 'customers'>;

const never = new AbortController().signal;

let wishes = 0;

export class Deal {
  readonly #platform: TestPlatform;
  readonly #vendor: Contract;
  readonly #provider: Provider;
  readonly #name: PaidCall;
  readonly #wish: Wish;
  readonly #sentBefore: number;

  constructor(platform: TestPlatform, vendor: Contract, name: PaidCall, folder: string) {
    this.#platform = platform;
    this.#vendor = vendor;
    this.#provider = vendor.fresh().name;
    this.#name = name;
    this.#wish = { words: `Heron number ${(wishes += 1)}x lands.`, folder };
    this.#sentBefore = this.#sent();
  }

  // Of each name the two belong together, which the compiler does not see.
  get customer(): Customer<CapabilityOf[PaidCall]> {
    return this.#vendor.customers[this.#name] as Customer<CapabilityOf[PaidCall]>;
  }

  get capability(): CapabilityOf[PaidCall] {
    return requireCapability(this.#provider, this.#name);
  }

  async setAside(): Promise<Purchase> {
    const run = await seedRun(this.#platform.ctx);
    const [quote] = this.customer.quotes(this.capability);
    if (!quote) throw new Error('Nothing can be asked for.');
    const intent = { provider: this.#provider, call: this.#name, quote, subject: newId() };
    return this.#platform.db.$transaction((tx) => reserve(tx, run, intent));
  }

  /** Lets the vendor's server do something else for this one. */
  async spoil(trouble: Trouble, call = this.customer.wire): Promise<void> {
    await this.#vendor.server?.fault({ call, subject: this.#wish.words, ...trouble });
  }

  /** Pays, and books what fails. */
  pay = (purchase: Purchase, limitSeconds: number) =>
    spend(this.#platform.ctx, { purchase, signal: never, limitSeconds }, (pay) =>
      pay((reservation, options) => this.#buy(reservation, options)),
    );

  /** The call alone: nobody keeps a ledger of it. */
  call = (signal = never) => this.#buy(freeReservation('contract'), { signal });

  /** Buys one, and gives what is free to ask of it then; nothing of most. */
  async questions() {
    const { customer, capability } = this;
    return (await customer.questions?.(capability, this.#wish, freeReservation('contract'))) ?? {};
  }

  /** Looks at something whenever a request is on its way to the vendor, before that has it. @returns what was seen, as it comes. */
  watch<Seen>(look: () => Promise<Seen>): Seen[] {
    const seen: Seen[] = [];
    const { front } = this.#vendor;
    if (front) front.look = async () => void seen.push(await look());
    return seen;
  }

  /** Kinds of the ledger's entries for it, in order. */
  async entries({ reservation: { operationKey } }: Purchase): Promise<string[]> {
    const { ledgerEntry } = this.#platform.db;
    const entries = await ledgerEntry.findMany({ where: { operationKey }, orderBy: { id: 'asc' } });
    return entries.map(({ kind }) => kind);
  }

  /** What the vendor's own books say that it charged, for each time that it sold this. Micro-USD. */
  async charges(): Promise<number[]> {
    const books = (await this.#vendor.server?.ledger()) ?? [];
    const sold = books.filter(({ subject }) => subject.includes(this.#wish.words));
    return sold.map(({ chargedMicroUsd }) => chargedMicroUsd);
  }

  /** Requests that were sent since it was thought of, but those for credentials. */
  sent = (): number => this.#sent() - this.#sentBefore;

  #sent(): number {
    const { requests = [] } = this.#vendor.front ?? {};
    return requests.filter((request) => !request.includes('/token')).length;
  }

  #buy(reservation: Reservation, options: CallOptions) {
    return this.customer.buy(this.capability, this.#wish, reservation, options);
  }
}
