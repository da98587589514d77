import { CAPABILITIES } from './capabilities/capabilities.ts';

/** A call that costs money, where the provider takes any: the name of a capability. */
export type PaidCall = keyof typeof CAPABILITIES;

export const PAID_CALLS = Object.keys(CAPABILITIES) as PaidCall[];
