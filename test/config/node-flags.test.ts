import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const FLAGS = /--(?:max-semi-space-size|no-allocation-site-pretenuring)[^\s"',]*/g;
const flagsOf = (text = '') => text.match(FLAGS);
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

test.each([
  ['npm start', scripts['start']],
  ['npm run demo', scripts['demo']],
  ['npm run vidpipe', scripts['vidpipe']],
  ['the image', /^ENTRYPOINT.*$/m.exec(readFileSync('Dockerfile', 'utf8'))?.[0]],
])('%s starts Node as the command does', (_, started) => {
  const flags = flagsOf(/^const FLAGS.*$/m.exec(readFileSync('bin/vidpipe.js', 'utf8'))?.[0]);
  expect(flags).toHaveLength(2);
  expect(flagsOf(started)).toEqual(flags);
});
