/** Narration that is not spoken as it stands: the row has both, and the log says why. */
import { scopeOf } from '../../src/core/scopes.ts';
import { writeFile } from 'node:fs/promises';
import { expect, onTestFinished, test } from 'vitest';
import { generateFilm } from '../../src/features/pipelines/confirm/launch.ts';
import { climbSafetyLadder } from '../../src/features/storyboards/safety-ladder.ts';
import { animatic } from '../../src/providers/animatic/index.ts';
import { speechOf as googleSpeech } from '../../src/providers/google/speech.ts';
import { installProvider } from '../../src/providers/registry.ts';
import { changed } from '../support/changed.ts';
import { runEnd } from '../support/run-end.ts';
import { seedFilm } from '../support/seed.ts';
import { useTestPlatform } from '../support/test-platform.ts';

const platform = useTestPlatform({ workers: 2 });

const SCRIPT = `Scene 1: The bay
Night falls.
Narrator: 夜幕降临在海湾上。

Scene 2: The stairs
A keeper climbs.
Narrator: The keeper climbs the stairs. He lights the lamp, and the ships far out turn.

Scene 3: The lamp
It burns.
Narrator: Light.

Scene 4: The sea
Nobody speaks.
Narrator: 🌊🌊`;

test('the row keeps the author’s words with what is spoken beside them, and each gap is an event of its scene', async () => {
  const { project, run } = await generateFilm(platform.ctx, {
    prompt: SCRIPT,
    stopAfter: 'STORYBOARD',
    crossfadeSeconds: 0,
    idempotencyKey: null,
  });
  await runEnd(platform.ctx, run.id);
  const scenes = await platform.db.scene.findMany({
    where: { projectId: project.id },
    orderBy: { sceneIndex: 'asc' },
  });
  expect(scenes.map(({ narration, spokenNarration }) => [narration, spokenNarration])).toEqual([
    ['夜幕降临在海湾上。', ''],
    [
      'The keeper climbs the stairs. He lights the lamp, and the ships far out turn.',
      'The keeper climbs the stairs.',
    ],
    ['Light.', null],
    ['🌊🌊', ''],
  ]);
  const told = await platform.db.auditLog.findMany({
    where: { scopes: { has: scopeOf('PipelineRun', run.id) }, level: 'WARNING' },
    orderBy: { id: 'asc' },
  });
  const [first, second, , last] = scenes;
  expect(told).toMatchObject([
    {
      subjectType: 'Scene',
      subjectId: first?.id,
      message:
        'Scene 1: the narration is not spoken: it is in a language or script that the voice does not speak.',
      details: { sceneIndex: 0, spokenNarration: '', why: ['LANGUAGE'] },
    },
    {
      subjectId: second?.id,
      message:
        'Scene 2: the narration is spoken as "The keeper climbs the stairs.": not all of it fits into the clip.',
      details: { sceneIndex: 1, spokenNarration: 'The keeper climbs the stairs.', why: ['TIME'] },
    },
    { subjectId: last?.id, details: { sceneIndex: 3, why: ['NO_WORDS'] } },
  ]);
});

/** Of one scene, as far as its clip; half of it is read letter by letter: three times as long as it looks. */
async function makeClip() {
  const { project, run } = await generateFilm(platform.ctx, {
    prompt: 'The end. WWW WWW WWW.',
    targetClipDuration: 2,
    targetDuration: 2,
    stopAfter: 'CLIPS',
    crossfadeSeconds: 0,
    idempotencyKey: null,
  });
  expect(await runEnd(platform.ctx, run.id)).toMatchObject({ status: 'COMPLETED' });
  const scene = await platform.db.scene.findFirstOrThrow({ where: { projectId: project.id } });
  const told = await platform.db.auditLog.findMany({
    where: { scopes: { has: scopeOf('PipelineRun', run.id) }, level: 'WARNING' },
  });
  return { scene, told };
}

const picture = ({ toFile }: { toFile: string }) => writeFile(toFile, 'picture');

test('what a clip had no time for after all is written down when it is made', async () => {
  const size = { width: 1_280, height: 720 };
  const quick = changed(animatic, {
    KEYFRAME: {
      async call(request) {
        await picture(request);
        return { ...size, mimeType: 'image/png', promptUsed: '', usage: {}, requestId: null };
      },
    },
    CLIP: {
      async render(request) {
        await picture(request);
        return { durationSeconds: 2, spoken: 'The end.' };
      },
    },
  });
  installProvider(quick);
  onTestFinished(() => installProvider(animatic));
  const { scene, told } = await makeClip();
  expect(scene).toMatchObject({ narration: 'The end. WWW WWW WWW.', spokenNarration: 'The end.' });
  expect(told).toMatchObject([
    { subjectId: scene.id, details: { spokenNarration: 'The end.', why: ['TIME'] } },
  ]);
});

test('what a safety filter does to a narration stands beside it, and in the warning of the refusal', async () => {
  installProvider(changed(animatic, { CLIP: { softens: true, speak: googleSpeech } }));
  onTestFinished(() => installProvider(animatic));
  const { sceneIds, runId } = await seedFilm(platform.ctx);
  const where = { id: sceneIds[0] ?? '' };
  const narration = 'He stabs the guard.';
  await platform.db.scene.update({ where, data: { narration } });
  const run = await platform.db.pipelineRun.findUniqueOrThrow({ where: { id: runId } });
  const refuse = () =>
    platform.db.$transaction(async (tx) => {
      const scene = await tx.scene.findUniqueOrThrow({ where });
      await climbSafetyLadder(tx, platform.ctx, run, scene, { input: 'PROMPT', reason: 'Blocked.' });
      return tx.scene.findUniqueOrThrow({ where });
    });
  expect(await refuse()).toMatchObject({ narration, spokenNarration: 'He confronts the guard.' });
  expect(await refuse()).toMatchObject({ narration, spokenNarration: '' });
  const told = await platform.db.auditLog.findMany({
    where: { scopes: { has: scopeOf('PipelineRun', runId) }, level: 'WARNING' },
    orderBy: { id: 'asc' },
  });
  expect(told.map(({ message }) => message)).toEqual([
    expect.stringContaining('Then the narration is spoken as "He confronts the guard.": the safety filter'),
    expect.stringContaining('Then the narration is not spoken: the safety filter refused the scene'),
  ]);
});

test('the offline voice tells what it had time for', { tags: 'long' }, async () => {
  const { scene, told } = await makeClip();
  expect(scene.spokenNarration).toBe('The end.');
  expect(told).toMatchObject([{ subjectId: scene.id, details: { why: ['TIME'] } }]);
});
