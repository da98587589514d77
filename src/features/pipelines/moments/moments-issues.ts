import type { InputIssue } from '../../../core/errors.ts';
import type { FindingWay } from '../../moments/keep-config.ts';
import { FINDERS } from './finders.ts';
import { type MomentsOptions, momentsOptions } from './moments-options.ts';

/** Seconds; ours: longer parts are films of their own. */
const LONGEST_MOMENT = 900;
/** As the finder takes it, and the database. */
const MOST_MOMENTS = 100;

/** What is wrong with how moments are to be found and cut; nothing where all is well. Pure. */
export const momentsIssues = (way: FindingWay, options: MomentsOptions): InputIssue[] => [
  ...lengthIssues(way),
  ...countIssues(way),
  ...modelIssues(way),
  ...optionIssues(options),
];

function lengthIssues({ minMomentLength: least, maxMomentLength: most }: FindingWay): InputIssue[] {
  if (!(least > 0 && least <= LONGEST_MOMENT))
    return [issue('minMomentLengthSeconds', `Must be above 0 and at most ${LONGEST_MOMENT}.`)];
  if (most >= least && most <= LONGEST_MOMENT) return [];
  return [
    issue('maxMomentLengthSeconds', `Must be at least the shortest length, and at most ${LONGEST_MOMENT}.`),
  ];
}

function countIssues({ minMoments, maxMoments }: FindingWay): InputIssue[] {
  if (!(maxMoments >= 1 && maxMoments <= MOST_MOMENTS))
    return [issue('maxMoments', `Must be 1 to ${MOST_MOMENTS}.`)];
  if (minMoments >= 0 && minMoments <= maxMoments) return [];
  return [issue('minMoments', 'Must be at least 0, and at most the most that are asked for.')];
}

const modelIssues = ({ model }: FindingWay): InputIssue[] =>
  FINDERS.includes(model) ? [] : [issue('model', `Must be ${FINDERS.join(' or ')}.`)];

const optionIssues = (options: MomentsOptions): InputIssue[] =>
  (momentsOptions.safeParse(options).error?.issues ?? []).map(({ path, message }) => ({
    path: path.map(String),
    message,
  }));

const issue = (field: string, message: string): InputIssue => ({ path: [field], message });
