import { z } from 'zod';
import type { FaultScript } from './fault-script.ts';
import type { Ledger } from './ledger.ts';
import { fault, settings } from './protocol.ts';
import { jsonReply, type Reply } from './reply.ts';

/** What tests say to a provider's server, beside the calls of its adapter. */
export class Control {
  readonly #ledger: Ledger;
  readonly #faults: FaultScript;

  constructor(ledger: Ledger, faults: FaultScript) {
    this.#ledger = ledger;
    this.#faults = faults;
  }

  /** The answer; undefined for what is no order of a test. */
  answer(route: string, body: unknown): Reply | undefined {
    switch (route) {
      case 'GET ledger':
        return jsonReply(this.#ledger.entries());
      case 'POST faults':
        for (const each of z.array(fault).parse(body)) this.#faults.add(each);
        return jsonReply({});
      case 'DELETE faults':
        this.#faults.clear();
        return jsonReply({});
      case 'POST settings':
        this.#ledger.set(settings.parse({ ...this.#ledger.settings, ...settings.partial().parse(body) }));
        return jsonReply(this.#ledger.settings);
      default:
        return undefined;
    }
  }
}
