import type { JobWithMetadata, WorkOptions } from 'pg-boss';
import type { ClaimedJob } from '../features/runs/execute.ts';
import type { Queue } from '../platform/queue.ts';

export type Job = JobWithMetadata<ClaimedJob['data']>;

/**
 * How often an idle queue is looked at, once for all its lanes: for delayed jobs of workers that are gone. A NOTIFY
 * brings those that are ready when sent within milliseconds, and each worker keeps the time of those it sent.
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
 * Does the jobs of one queue, `count` at a time and back to back, until `boss.offWork(name)`.
 *
 * pg-boss lets a lane sleep after each job. Here a lane that has done one asks for the next at once, and one that
 * got one wakes another: a backlog is worked off by all of them, and an empty queue costs one look every two
 * seconds however many they are.
 *
 * @returns a function that ends the looks.
 */
export async function openLanes(
  queue: Pick<Queue, 'boss' | 'onDue'>,
  name: string,
  count: number,
  work: (job: Job) => Promise<void>,
): Promise<() => void> {
  const { boss } = queue;
  const lanes: Lane[] = [];
  const wakeIdle = () => {
    const idle = lanes.find(({ isBusy }) => !isBusy);
    if (idle) boss.notifyWorker(idle.id);
  };
  const open = async (lane: Lane) => {
    lane.id = await boss.work<Job['data'], void, WorkOptions & { includeMetadata: true }>(
      name,
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
  const forget = queue.onDue(name, wakeIdle);
  return () => {
    clearInterval(looks);
    forget();
  };
}
