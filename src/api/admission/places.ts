/** Clients that a process holds at once; as many as come without it. */
export type PlaceLimits = {
  /** Let in, on sockets and Server-Sent Events together. As many sockets more may wait to be let in. */
  maxSockets?: number;
  /** Of those, the ones of one API key. */
  maxSocketsPerKey?: number;
  /** Sockets of one address that wait to be let in. */
  maxWaitingSocketsPerAddress?: number;
};

/** What holds a place until it leaves. */
export type Place = { leave(): void };

/** Why there is no place. */
export type Full = 'process_sockets' | 'key_sockets' | 'address_sockets';

/**
 * The places of a process. Those who are let in and those who wait have their own: who never says who he is takes
 * nobody's place but that of others at his address.
 */
export class Places {
  readonly #all: number;
  readonly #perKey: number;
  readonly #perAddress: number;
  readonly #inside = new Crowd();
  readonly #waiting = new Crowd();

  constructor(limits: PlaceLimits) {
    this.#all = limits.maxSockets ?? Infinity;
    this.#perKey = limits.maxSocketsPerKey ?? Infinity;
    this.#perAddress = limits.maxWaitingSocketsPerAddress ?? Infinity;
  }

  /** A place for a socket that has yet to say who it is. */
  wait(address: string): Place | Full {
    if (Math.max(this.#inside.size, this.#waiting.size) >= this.#all) return 'process_sockets';
    if (this.#waiting.of(address) >= this.#perAddress) return 'address_sockets';
    return this.#waiting.join(address);
  }

  /** A place for one that is let in by a key; by null where none is asked for, which then has no limit of its own. */
  enter(keyId: string | null): Place | Full {
    if (this.#inside.size >= this.#all) return 'process_sockets';
    if (keyId !== null && this.#inside.of(keyId) >= this.#perKey) return 'key_sockets';
    return this.#inside.join(keyId);
  }
}

/** Counts who is there, in all and by a name. */
class Crowd {
  size = 0;
  readonly #byName = new Map<string | null, number>();

  of(name: string | null): number {
    return this.#byName.get(name) ?? 0;
  }

  join(name: string | null): Place {
    this.#add(name, 1);
    let hasLeft = false;
    return {
      leave: () => {
        if (!hasLeft) this.#add(name, -1);
        hasLeft = true;
      },
    };
  }

  #add(name: string | null, more: number): void {
    this.size += more;
    const count = this.of(name) + more;
    if (count > 0) this.#byName.set(name, count);
    else this.#byName.delete(name);
  }
}
