import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Price } from '../../src/providers/price.ts';
import { type GoogleModel, MODELS } from '../../src/providers/google/models.ts';

const UNITS = {
  SECOND: 'a second',
  IMAGE: 'a picture',
  MILLION_INPUT_TOKENS: 'a million tokens in',
  MILLION_CACHED_INPUT_TOKENS: 'cached',
  MILLION_OUTPUT_TOKENS: 'out',
  MILLION_IMAGE_OUTPUT_TOKENS: 'of pictures',
  MILLION_VIDEO_OUTPUT_TOKENS: 'of film',
} as const;
const WORK = {
  STORYBOARD: 'storyboards',
  KEYFRAME: 'frames',
  CLIP: 'clips',
  TRANSCRIPT: 'transcripts',
} as const;

function takenBy({ video, maxInputPictures }: GoogleModel): string {
  if (!video) return maxInputPictures > 0 ? `${maxInputPictures} pictures` : '';
  const lengths = video.lengths.flatMap(({ resolutions, clipsFrom, seconds }) => {
    if (clipsFrom === 'REFERENCE_IMAGES' && video.maxReferences === 0) return [];
    const from = clipsFrom === 'KEYFRAMES' ? '' : ` from up to ${video.maxReferences} reference images`;
    const of = resolutions.filter((resolution) => video.resolutions.includes(resolution));
    return `${seconds.join(', ')} s${from} at ${of.join(', ')}`;
  });
  return lengths.join('; ');
}

/** Each unit once, with what it is on each day, with or without sound, at each resolution. */
function wordsOf(prices: readonly Price[]): string {
  const groups = Map.groupBy(prices, ({ unit, sound, from, until }) =>
    [
      UNITS[unit],
      sound === false ? ' silent' : '',
      until ? ` until ${until}` : '',
      from ? ` from ${from}` : '',
    ].join(''),
  );
  return [...groups]
    .map(([of, each]) => {
      const at = each.map(({ microUsd, resolution }) =>
        [`$${microUsd / 1_000_000}`, resolution && `at ${resolution}`].filter(Boolean).join(' '),
      );
      return `${of}: ${at.join(', ')}`;
    })
    .join('; ');
}

function rowOf(model: GoogleModel): string {
  const { name, call, surfaces, prices, retiresOn, replacement } = model;
  const on = surfaces.map((surface) => (surface === 'GEMINI' ? 'Gemini API' : 'Vertex AI')).join(', ');
  const price = wordsOf(prices);
  const read = [...new Set(prices.map(({ asOf, source }) => `[${asOf}](${source})`))].join(', ');
  const until = retiresOn === null ? '' : `${retiresOn}; then \`${replacement}\``;
  return `| \`${name}\` | ${WORK[call]} | ${on} | ${takenBy(model)} | ${price} | ${read} | ${until} |`;
}

test('docs/google.md lists the models as the program knows them', () => {
  const rows = readFileSync('docs/google.md', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `g') || line.startsWith('| `veo'))
    .map((line) => line.replaceAll(/ +/g, ' ').replaceAll('| |', '|  |'));
  expect(rows).toEqual(MODELS.map((model) => rowOf(model).replaceAll(/ +/g, ' ').replaceAll('| |', '|  |')));
});
