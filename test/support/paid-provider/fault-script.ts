import type { Call, Fault } from './protocol.ts';

/** Faults still to come. Forgotten when the process dies. */
export class FaultScript {
  #pending: { fault: Fault; left: number }[] = [];

  /** Puts a fault behind those that are there. */
  add(fault: Fault): void {
    const { times = fault.probability === undefined ? 1 : Infinity } = fault;
    this.#pending.push({ fault, left: times });
  }

  clear(): void {
    this.#pending = [];
  }

  /** The fault that strikes this call, if any; it has then struck once. */
  strike(call: Call, subject: string): Fault | undefined {
    const struck = this.#pending.find(({ fault }) => matches(fault, call, subject));
    if (!struck) return undefined;
    struck.left -= 1;
    this.#pending = this.#pending.filter(({ left }) => left > 0);
    return struck.fault;
  }
}

const matches = (fault: Fault, call: Call, subject: string): boolean =>
  fault.call === call && subject.includes(fault.subject ?? '') && Math.random() < (fault.probability ?? 1);
