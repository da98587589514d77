/** People and runs at the moments of a video, and what must be true of these after each step. */
import assert from 'node:assert/strict';
import { newId } from '../../../src/core/ids.ts';
import type { Moment } from '../../../src/generated/prisma/client.ts';
import { keysOf, putFile } from '../../platform/support/stored-files.ts';
import { clipOf, thumbnailOf } from '../../support/seed-moments.ts';
import type { TestPlatform } from '../../support/test-platform.ts';

/** Seconds of the film that is seeded. */
export const DURATION = 8;

/** A video, what its moments must be, and how many are gone. */
export class MomentWalk {
  readonly platform: TestPlatform;
  readonly videoId: string;
  readonly prefix: string;
  /** As they were last seen. */
  readonly moments = new Map<string, Moment>();
  readonly gone = new Map<string, Moment>();

  constructor(platform: TestPlatform, videoId: string) {
    this.platform = platform;
    this.videoId = videoId;
    this.prefix = `${this.platform.ctx.actor.workspaceId}/clips-of/${videoId}`;
  }

  pick(nth: number): string {
    return [...this.moments.keys()].toSorted()[nth % Math.max(1, this.moments.size)] ?? newId();
  }

  see(...moments: (Moment | null)[]): void {
    for (const moment of moments) if (moment) this.moments.set(moment.id, moment);
  }

  lose(id: string): void {
    const moment = this.moments.get(id);
    if (moment) this.gone.set(id, moment);
    this.moments.delete(id);
  }

  /** What a run does. */
  async cut(id: string): Promise<void> {
    if (!this.moments.has(id) || (await this.platform.db.clip.count({ where: { momentId: id } })) > 0) return;
    const filePath = `${this.prefix}/${newId()}.mp4`;
    const times = { startTime: 0, endTime: 1, paddingLeft: 0, paddingRight: 0 };
    const clip = await this.platform.db.clip.create({
      data: { ...clipOf(id, this.videoId), ...times, filePath },
    });
    const still = { ...thumbnailOf({ clipId: clip.id }), filePath: `${filePath}.jpg` };
    await this.platform.db.thumbnail.create({ data: still });
    for (const key of [filePath, still.filePath]) await putFile(this.platform.storage, key, 'x');
  }

  async check(): Promise<void> {
    const { db, storage } = this.platform;
    const rows = await db.moment.findMany({ where: { videoId: this.videoId } });
    // Nothing changed but what was answered.
    assert.deepEqual(new Map(rows.map((row) => [row.id, row])), this.moments);
    for (const { startTime, endTime, score, scoredAt } of rows) {
      assert(startTime >= 0 && endTime > startTime && endTime <= DURATION);
      assert(score === null || (score >= 0 && score <= 10));
      assert.equal(scoredAt === null, score === null);
    }
    assert.equal(new Set(rows.map(({ identifier }) => identifier)).size, rows.length);
    const clips = await db.clip.findMany({ where: { videoId: this.videoId }, include: { thumbnail: true } });
    const named = clips.flatMap(({ filePath, thumbnail }) => [filePath, thumbnail?.filePath ?? '']);
    assert.deepEqual(await keysOf(storage, this.prefix), named.toSorted());
    const told = await db.auditLog.groupBy({
      by: ['subjectId'],
      where: { subjectType: 'Moment', scopes: { has: `video:${this.videoId}` } },
      _count: { _all: true },
    });
    const counts = new Map(told.map(({ subjectId, _count: { _all: count } }) => [subjectId, count]));
    for (const { id, version } of this.moments.values()) assert.equal(counts.get(id), version + 1);
    for (const { id, version } of this.gone.values()) assert.equal(counts.get(id), version + 2);
  }
}
