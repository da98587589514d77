import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type GoogleModel, MODELS } from '../../src/providers/google/models.ts';

const UNITS = {
  SECOND: 'a second',
  IMAGE: 'a picture',
  MILLION_INPUT_TOKENS: 'a million tokens in',
  MILLION_OUTPUT_TOKENS: 'a million tokens out',
} as const;
const WORK = { STORYBOARD: 'storyboards', KEYFRAME: 'frames', CLIP: 'clips' } as const;

function takenBy({ video, maxInputPictures }: GoogleModel): string {
  if (!video) return maxInputPictures > 0 ? `${maxInputPictures} pictures` : '';
  const { max, seconds } = video.references;
  const references = `or ${max} reference images for ${seconds.join(', ')} s`;
  return `${video.seconds.join(', ')} s; ${video.resolutions.join(', ')}; ${references}`;
}

function rowOf(model: GoogleModel): string {
  const { name, call, surfaces, prices } = model;
  const on = surfaces.map((surface) => (surface === 'GEMINI' ? 'Gemini API' : 'Vertex AI')).join(', ');
  const price = prices
    .map(
      ({ microUsd, unit, resolution }) =>
        `$${microUsd / 1_000_000} ${UNITS[unit]}${resolution ? ` at ${resolution}` : ''}`,
    )
    .join('; ');
  const read = [...new Set(prices.map(({ asOf, source }) => `[${asOf}](${source})`))].join(', ');
  return `| \`${name}\` | ${WORK[call]} | ${on} | ${takenBy(model)} | ${price} | ${read} |`;
}

test('docs/google.md lists the models as the program knows them', () => {
  const rows = readFileSync('docs/google.md', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `g') || line.startsWith('| `veo'))
    .map((line) => line.replaceAll(/ +/g, ' ').replace('| |', '|  |'));
  expect(rows).toEqual(MODELS.map((model) => rowOf(model).replaceAll(/ +/g, ' ').replace('| |', '|  |')));
});
