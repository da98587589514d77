import type { JobWithMetadata, PgBoss, WorkOptions } from 'pg-boss';
import type { ClaimedJob } from '../features/runs/execute.ts';

export type Job = JobWithMetadata<ClaimedJob['data']>;

/**
 * How often an idle queue is looked at, once for all its lanes: for jobs whose time has come, which nothing
 * announces. A NOTIFY brings those that are ready when sent within milliseconds.
 */
const LOOK_MS = 2_000;

const LANE_OPTIONS = {
  /** Lanes are woken; this is for one that was forgotten. */
  pollingIntervalSeconds: 60,
  /** Seconds between signs of life of a claimed job; five times shorter than what makes it change hands. */
  heartbeatRefreshSeconds: 2,
  includeMetadata: true,
} as const;

/** Does jobs of a queue one at a time. */
type Lane = { id: string; isBusy: boolean };

/**
 * Does the jobs of one queue, `count` at a time and back to back, until `boss.offWork(queue)`.
 *
 * pg-boss lets a lane sleep after each job. Here a lane that has done one asks for the next at once, and one that
 * got one wakes another: a backlog is worked off by all of them, and an empty queue costs one look every two
 * seconds however many they are.
 *
 * @returns a function that ends the looks.
 */
export async function openLanes(
  boss: PgBoss,
  queue: string,
  count: number,
  work: (job: Job) => Promise<void>,
): Promise<() => void> {
  const lanes: Lane[] = [];
  const wakeIdle = () => {
    const idle = lanes.find(({ isBusy }) => !isBusy);
    if (idle) boss.notifyWorker(idle.id);
  };
  const open = async (lane: Lane) => {
    lane.id = await boss.work<Job['data'], void, WorkOptions & { includeMetadata: true }>(
      queue,
      LANE_OPTIONS,
      async ([job]) => {
        if (!job) return;
        lane.isBusy = true;
        wakeIdle();
        try {
          await work(job);
        } finally {
          lane.isBusy = false;
          boss.notifyWorker(lane.id);
        }
      },
    );
    lanes.push(lane);
  };
  for (let index = 0; index < count; index += 1) await open({ id: '', isBusy: false });
  const looks = setInterval(wakeIdle, LOOK_MS);
  return () => clearInterval(looks);
}
