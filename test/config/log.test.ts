import { expect, test } from 'vitest';
import { openLog } from '../../src/platform/log.ts';

function logged(write: (log: ReturnType<typeof openLog>) => void, level = 'info'): string[] {
  const lines: string[] = [];
  write(openLog(level, { write: (line) => lines.push(line) }));
  return lines;
}

test('a line carries the ids of the run and the scene it is about', () => {
  const [line = ''] = logged((log) => log.child({ runId: 'r1', sceneId: 's1' }).info('clip COMPLETE'));
  expect(JSON.parse(line)).toMatchObject({ runId: 'r1', sceneId: 's1', msg: 'clip COMPLETE' });
});

test('secrets are redacted at the top and deep down', () => {
  const secret = 'hunter2';
  const [line = ''] = logged((log) =>
    log.info(
      { password: secret, a: { apiKey: secret, b: { headers: { authorization: secret } } } },
      'called',
    ),
  );
  expect(line).not.toContain(secret);
  expect(JSON.parse(line)).toMatchObject({ password: '***', a: { apiKey: '***' } });
});

test('lines below the level are not written', () => {
  expect(logged((log) => log.info('chatter'), 'warn')).toEqual([]);
});

test('what a message or a stack repeats of a key, a password or a signed address is redacted', () => {
  const secret = 's'.repeat(43);
  const [line = ''] = logged((log) =>
    log.error(
      { err: new Error(`Bearer vp_1a2b3c4d_${secret}`), url: `/media/a.mp4?expires=1&signature=${secret}` },
      `postgres://root:${secret}@db/films`,
    ),
  );
  expect(line).toContain('vp_1a2b3c4d_[redacted]');
  expect(line).toContain('signature=[redacted]');
  expect(line).toContain('root:[redacted]@db');
  expect(line).not.toContain(secret);
});
