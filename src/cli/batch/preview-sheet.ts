import { type JobLookFragment, PreviewJobDocument, type PreviewJobInput } from '../generated/graphql.ts';
import type { ApiClient } from '../server/api-client.ts';
import { given, payloadOf, type TypedAs } from '../server/refusals.ts';

/**
 * Has a sheet read and kept as a job that waits. Starts and costs nothing.
 *
 * @throws {CliFailure} `badInput` naming the option, or the file with its row and column.
 */
export async function previewSheet(api: ApiClient, input: PreviewJobInput): Promise<JobLookFragment> {
  const { previewJob } = await api.request(PreviewJobDocument, { input });
  const { answer, typedAs } = inTypedWords(given(previewJob));
  return payloadOf(answer, 'JobPayload', typedAs).job;
}

type Issue = { path: string[]; message: string };

/** A refusal whose places are words that were typed: `--map prompt`, `FILE, row 3, column 2`. */
function inTypedWords<Answer extends { __typename: string }>(
  answer: Answer,
): { answer: Answer; typedAs: TypedAs } {
  const { issues = [] } = answer as { issues?: readonly Issue[] };
  const placed = issues.map(({ path, message }) => ({ path: placeOf(path), message }));
  const places = placed.flatMap(({ path }) => path).filter((word) => !/^\w+$/.test(word));
  return {
    answer: issues.length > 0 ? { ...answer, issues: placed } : answer,
    typedAs: Object.fromEntries(places.map((place) => [place, place])),
  };
}

function placeOf(path: readonly string[]): string[] {
  const [field, first, second] = path;
  if (first === undefined) return [...path];
  if (field === 'mapping') return [`--map ${first}`];
  if (field === 'defaults') return [`--default ${first}`];
  if (field !== 'file') return [...path];
  return [`FILE, row ${first}${second === undefined ? '' : `, column ${second}`}`];
}
