import { expect, test } from 'vitest';
import { webhookIssues } from '../../src/features/webhooks/webhook-input.ts';
import type { Outbound } from '../../src/platform/outbound/outbound.ts';

const outbound = { refuses: () => false } as unknown as Outbound;
const isTaken = (url: string) => webhookIssues({ url }, outbound).length === 0;

test('an address of a webhook holds neither a name nor a password, nor one of the two', () => {
  expect(isTaken('https://example.com/hooks')).toBe(true);
  for (const login of ['me:secret', 'me', ':secret'])
    expect(isTaken(`https://${login}@example.com/hooks`)).toBe(false);
});

test('an address of a webhook names a port that somebody can listen at', () => {
  expect(isTaken('http://example.com:8080/')).toBe(true);
  expect(isTaken('http://example.com:0/')).toBe(false);
});
