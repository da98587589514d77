import type { IncomingHttpHeaders } from 'node:http';

const BEARER = /^Bearer +(\S+)$/i;

/** The key in an `Authorization` header's value; one of another scheme is as good as none that holds. */
const keyIn = (value: string): string => BEARER.exec(value.trim())?.[1] ?? '';

/** The key that a request shows; undefined if it shows none. */
export const keyOfHeaders = ({ authorization }: IncomingHttpHeaders): string | undefined =>
  authorization === undefined ? undefined : keyIn(authorization);

/**
 * The key in the payload of a `connection_init`: `{ authorization: "Bearer vp_…" }`, in any case, at the top or in
 * `headers`, as GraphiQL has it. Undefined if it holds none.
 */
export function keyOfPayload(payload: unknown): string | undefined {
  if (!isRecord(payload)) return undefined;
  const { headers, ...top } = payload;
  for (const [name, value] of Object.entries({ ...(isRecord(headers) && headers), ...top })) {
    if (name.toLowerCase() === 'authorization' && typeof value === 'string') return keyIn(value);
  }
  return undefined;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
