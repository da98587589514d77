import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Pulse } from '../../src/platform/pulse.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());
const pass = (seconds: number) => vi.advanceTimersByTime(seconds * 1_000);

test('the age of a kind of work is that of the loop that waits longest', () => {
  const pulse = new Pulse();
  const [one, other] = [pulse.begin('claims'), pulse.begin('claims')];
  pass(4);
  one.done();
  expect(pulse.read()).toEqual({ claims: { doneSecondsAgo: 4, triedSecondsAgo: 4 } });
  other.done();
  expect(pulse.read()).toEqual({ claims: { doneSecondsAgo: 0, triedSecondsAgo: 0 } });
});

test('a database that is away makes nothing stand still: what fails is tried', () => {
  const pulse = new Pulse();
  const beat = pulse.begin('log');
  for (let turn = 0; turn < 100; turn += 1) {
    pass(10);
    beat.failed();
  }
  expect(pulse.read()).toEqual({ log: { doneSecondsAgo: 1_000, triedSecondsAgo: 0 } });
  expect(pulse.beyondRecovery()).toBeNull();
});

test('work that is not even tried for two minutes never will be', () => {
  const pulse = new Pulse();
  const beat = pulse.begin('claims');
  pulse.begin('log').end();
  pass(119);
  expect(pulse.beyondRecovery()).toBeNull();
  pass(2);
  expect(pulse.beyondRecovery()).toBe('claims stands still for 121 s');
  beat.failed();
  expect(pulse.beyondRecovery()).toBeNull();
});

test('what was lost for good is said for ever', () => {
  const pulse = new Pulse();
  pulse.lose('The embedded database has stopped.');
  expect(pulse.beyondRecovery()).toBe('The embedded database has stopped.');
});
