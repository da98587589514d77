import { expect, test } from 'vitest';
import { notesOf } from '../../src/features/video-clips/provider-notes.ts';
import { useTestPlatform } from '../support/test-platform.ts';

const platform = useTestPlatform();

test('what a provider writes down is read again as it was written last, and by no other provider', async () => {
  const [google, other] = [
    notesOf(platform, { provider: 'GOOGLE' }),
    notesOf(platform, { provider: 'ANIMATIC' }),
  ];
  expect(await google.read('transports')).toBeNull();
  for (const text of ['first', 'last']) await google.write('transports', text);
  expect(await google.read('transports')).toBe('last');
  expect(await other.read('transports')).toBeNull();
});
