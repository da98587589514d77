import { expect, test, vi } from 'vitest';
import { tellWork } from '../../src/media/child/tell-work.ts';

test('a process that works tells it', async () => {
  const tell = vi.fn<() => void>();
  const stop = tellWork(tell, 100);
  await vi.waitFor(() => {
    const spinUntil = performance.now() + 20;
    while (performance.now() < spinUntil) Math.random();
    expect(tell).toHaveBeenCalledOnce();
  }, 20_000);
  stop();
});
