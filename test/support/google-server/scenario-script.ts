import { createHash } from 'node:crypto';
import type { Cue, Place, Scenario } from './scenario.ts';

/** Scenarios still to come. Chance is drawn from a seed, what is asked about and how often it was asked: in any order the same. */
export class ScenarioScript {
  #pending: { cue: Cue; left: number }[] = [];
  readonly #asked = new Map<string, number>();
  #seed = '';

  /** Puts one behind those that are there. */
  add(cue: Cue): void {
    const { times = cue.probability === undefined ? 1 : Infinity } = cue;
    this.#pending.push({ cue, left: times });
  }

  clear(): void {
    this.#pending = [];
  }

  /** Begins with another one, or anew with the same. */
  seed(seed: string): void {
    this.#seed = seed;
    this.#asked.clear();
  }

  /** The scenario that strikes, if any, at one of these places; it has then struck once. */
  strike(places: readonly Place[], subject: string): Scenario | undefined {
    const struck = this.#pending.find(({ cue }) => this.#matches(cue, places, subject));
    if (!struck) return undefined;
    struck.left -= 1;
    this.#pending = this.#pending.filter(({ left }) => left > 0);
    return struck.cue.scenario;
  }

  #matches({ scenario, subject: of = '', probability = 1 }: Cue, places: readonly Place[], subject: string) {
    if (!places.includes(scenario.at) || !subject.includes(of)) return false;
    return probability >= 1 || this.#draw(`${scenario.name} ${subject}`) < probability;
  }

  /** 0 to 1. */
  #draw(what: string): number {
    const nth = this.#asked.get(what) ?? 0;
    this.#asked.set(what, nth + 1);
    return createHash('sha256').update(`${this.#seed} ${what} ${nth}`).digest().readUInt32BE() / 2 ** 32;
  }
}
