import { setTimeout as delay } from 'node:timers/promises';
import type { TcpProxy } from '../support/tcp-proxy.ts';

/** What a network does to the connections of one process, and how long it goes on, in milliseconds. */
type Fault = {
  name: string;
  begin(proxy: TcpProxy): void;
  lasts: readonly [least: number, most: number];
  /** Whether nothing can arrive while it lasts. */
  isDeaf?: true;
};

export const FAULTS: readonly Fault[] = [
  { name: 'swallows all', begin: (proxy) => proxy.swallow(), lasts: [3_000, 40_000], isDeaf: true },
  { name: 'swallows answers', begin: (proxy) => proxy.swallowAnswers(), lasts: [1_000, 5_000], isDeaf: true },
  { name: 'swallows old connections', begin: (proxy) => proxy.swallowOld(), lasts: [0, 0] },
  { name: 'half-opens', begin: (proxy) => proxy.halfOpen(), lasts: [0, 0] },
  { name: 'resets', begin: (proxy) => proxy.reset(), lasts: [0, 0] },
  { name: 'delays by 300 ms', begin: (proxy) => proxy.delay(300), lasts: [5_000, 15_000] },
];

/** A fault that struck; times are of `Date.now()`. */
export type Outage = { fault: string; isDeaf: boolean; beganAt: number; endedAt: number };

/** Lets every one of `proxies` suffer the same fault; resolves when it is over. */
export async function suffer(fault: Fault, proxies: readonly TcpProxy[]): Promise<Outage> {
  const [least, most] = fault.lasts;
  const beganAt = Date.now();
  for (const proxy of proxies) fault.begin(proxy);
  await delay(least + Math.random() * (most - least));
  for (const proxy of proxies) proxy.heal();
  return { fault: fault.name, isDeaf: fault.isDeaf ?? false, beganAt, endedAt: Date.now() };
}
