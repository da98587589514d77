/** What a webhook may be asked for; its document is checked where GraphQL is known. */
import { z } from 'zod';
import type { InputIssue } from '../../core/errors.ts';
import type { Outbound } from '../../platform/outbound/outbound.ts';
import type { EventType } from '../audit/log/event-types.ts';

/** Ours: what common HTTP servers take. */
const MAX_URL_LENGTH = 2_000;

/** What a person may say of a webhook; what is left out of a change stays as it is. */
export type WebhookInput = {
  url: string;
  /** Null is every type there is, and will be. */
  events: EventType[] | null;
  document: string;
};

/** Every issue with what is given of an address and event types. */
export const webhookIssues = ({ url, events }: Partial<WebhookInput>, outbound: Outbound): InputIssue[] => [
  ...(url === undefined ? [] : urlIssues(url, outbound)),
  ...(events?.length === 0 ? [{ path: ['events'], message: 'Must name a type, or be null for all.' }] : []),
];

function urlIssues(text: string, outbound: Outbound): InputIssue[] {
  if (
    !z
      .url({ protocol: /^https?$/ })
      .max(MAX_URL_LENGTH)
      .safeParse(text).success
  )
    return urlIssue('Must be an address as in https://example.com/hooks, of at most 2,000 characters.');
  const url = new URL(text);
  if (url.username || url.password)
    return urlIssue('Must not hold a password; receivers know our messages by their signature.');
  if (url.port === '0') return urlIssue('Must name a port that can be reached, or none.');
  if (outbound.refuses(url))
    return urlIssue('Must be a public address; VIDPIPE_WEBHOOK_NETWORKS lets others be reached.');
  return [];
}

const urlIssue = (message: string): InputIssue[] => [{ path: ['url'], message }];
