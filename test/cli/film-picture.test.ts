import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { dollars } from '../../src/cli/output/money.ts';
import { apply, draw, newFilm } from '../../src/cli/progress/film-picture.ts';
import type { RunEvent } from '../../src/cli/progress/run-event.ts';
import { fit, oneLine } from '../../src/cli/output/text-width.ts';

const occurredAt = '2026-11-21T20:15:00.000Z';

const scene = (
  sceneIndex: number,
  status: Extract<RunEvent, { type: 'scene' }>['status'],
  description = 'A cliff',
) =>
  ({
    type: 'scene',
    occurredAt,
    sceneId: `s${sceneIndex}`,
    sceneIndex,
    description,
    previousStatus: null,
    status,
  }) as const;

const clip = (sceneIndex: number, status: Extract<RunEvent, { type: 'videoClip' }>['status']) =>
  ({
    type: 'videoClip',
    occurredAt,
    videoClipId: 'c',
    sceneId: 's',
    sceneIndex,
    previousStatus: null,
    status,
  }) as const;

const FREE = { settledMicroUsd: 0, estimatedMicroUsd: 0, reservedMicroUsd: 0, unknownMicroUsd: 0 };

const progress = (percent: number, estimatedSecondsLeft: number | null) =>
  ({
    type: 'progress',
    occurredAt,
    status: 'RUNNING',
    stage: 'CLIPS',
    percent,
    message: 'Making clips',
    estimatedSecondsLeft,
    cost: FREE,
  }) as const;

function picture(events: RunEvent[], screen = { columns: 100, rows: 40 }, elapsedSeconds = 7): string[] {
  const film = newFilm();
  for (const event of events) apply(film, event);
  return draw(film, elapsedSeconds, screen).map(stripVTControlCharacters);
}

describe('the picture of a film in the making', () => {
  const events = [
    scene(1, 'VIDEO_GENERATING'),
    clip(1, 'POLLING'),
    scene(0, 'VIDEO_DONE'),
    progress(42.9, 65),
  ];

  test('shows the stages, a bar for each scene in order, and the time', () => {
    expect(picture(events)).toEqual([
      '✓ storyboard  ✓ keyframes  ▸ clips  · stitching',
      ' 1 ████████████████████ done                 A cliff',
      ' 2 ████████████░░░░░░░░ clip in the making   A cliff',
      '42 % · 00:07 elapsed · about 01:05 left · Making clips',
    ]);
  });

  test('an unknown end is left out', () => {
    expect(picture([progress(0, null)]).at(-1)).toBe('0 % · 00:07 elapsed · Making clips');
  });

  test('what was spent tells what of it is an estimate', () => {
    const cost = { ...FREE, settledMicroUsd: 410_000, estimatedMicroUsd: 20_000, reservedMicroUsd: 400_000 };
    expect(picture([{ ...progress(0, null), cost }]).at(-1)).toContain(
      `${dollars(410_000)} spent, ${dollars(20_000)} of it an estimate, ${dollars(400_000)} set aside`,
    );
  });

  test('before the first event there is a picture too', () => {
    expect(picture([])).toEqual(['· storyboard  · keyframes  · clips  · stitching', '0 % · 00:07 elapsed']);
  });

  test.each([79, 40, 20, 5, 1])('no line is wider than %i columns', (columns) => {
    const wide = [...events, scene(2, 'FAILED', '灯台の光が海を照らす 👩‍🚀'.repeat(9))];
    for (const line of picture(wide, { columns, rows: 40 })) expect(fit(line, columns)).toBe(line);
  });

  test('on a low screen finished scenes give way to those in the making', () => {
    const many = Array.from({ length: 15 }, (_, index) =>
      scene(index, index < 13 ? 'VIDEO_DONE' : 'PENDING'),
    );
    expect(picture(many, { columns: 80, rows: 6 })).toHaveLength(4);
    expect(picture(many, { columns: 80, rows: 6 })[1]).toMatch(/^14 /);
  });
});

describe('text on a terminal', () => {
  test.each([
    ['lighthouse', 10, 'lighthouse'],
    ['lighthouse', 5, 'ligh…'],
    ['灯台の光', 8, '灯台の光'],
    ['灯台の光', 6, '灯台…'],
    ['👩‍🚀👩‍🚀', 4, '👩‍🚀👩‍🚀'],
    ['👩‍🚀👩‍🚀', 3, '👩‍🚀…'],
    ['e\u0301e\u0301', 2, 'e\u0301e\u0301'],
    ['anything', 0, ''],
  ])('%s fits %i columns as %s', (text, columns, fitting) => {
    expect(fit(text, columns)).toBe(fitting);
  });

  test('a title can neither move the cursor nor turn the line around', () => {
    expect(oneLine('a\u001B[2Jb\r\nc\u202Ed')).toBe('a [2Jb c d');
  });
});
