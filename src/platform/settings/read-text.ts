/** What settings are read by, each from its text; null is for what nobody set. */
import { z } from 'zod';
import { parseNetworks } from '../outbound/networks.ts';

/** A whole number, in figures alone. */
export const wholeNumber = (lowest: number, highest: number) =>
  z
    .string()
    .regex(/^\d+$/)
    .transform(Number)
    .refine((value) => value >= lowest && value <= highest);

/** Origins, separated by commas; each in the form in which browsers send it. */
export const origins = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .refine((given) => given.every(isOrigin))
  .transform((given) => given.map((part) => new URL(part).origin))
  .nullable();

function isOrigin(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
}

/** Networks, separated by commas. */
export const networks = z
  .string()
  .refine((text) => parseNetworks(text) !== null)
  .nullable();

export const matching = (pattern: RegExp) => z.string().regex(pattern).nullable();
export const webAddress = z.url({ protocol: /^https?$/ }).nullable();
