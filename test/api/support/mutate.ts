import type { TestApi } from '../../support/test-api.ts';

/** What a mutation answered: its payload's run, or its refusal. */
export type Result = {
  __typename: string;
  code?: string;
  message?: string;
  path?: string[];
  issues?: { path: string[] }[];
  run?: { id: string; status: string; version: number } | null;
};

const REFUSAL = `__typename
  ... on UserError { code message path }
  ... on InvalidInputError { issues { path message } }`;

const RUN = 'run { id status version }';

/**
 * Sends a mutation of one `input` over HTTP.
 *
 * @param payload what is selected of its payload; the run unless given, nothing if empty.
 */
export async function mutate<Payload extends object = object>(
  api: TestApi,
  name: string,
  input: object,
  payload = RUN,
): Promise<Result & Partial<Payload>> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const selection = payload && `... on ${type}Payload { ${payload} }`;
  const query = `mutation ($input: ${type}Input!) { result: ${name}(input: $input) { ${REFUSAL} ${selection} } }`;
  return (await api.ask<{ result: Result & Partial<Payload> }>(query, { input })).result;
}
