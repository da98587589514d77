/** What a client and the person behind it do, over GraphQL. */

export type VideoClip = { id: string; status: string; operationName: string | null };
/** An entry of the ledger; the scene is null for a storyboard. */
export type Entry = {
  kind: 'RESERVE' | 'SETTLE' | 'RELEASE' | 'UNKNOWN';
  operationKey: string;
  call: 'STORYBOARD' | 'KEYFRAME' | 'CLIP';
  amountMicroUsd: number;
  scene: { sceneDescription: string } | null;
};
export type Project = {
  id: string;
  prompt: string;
  status: string;
  errorMessage: string | null;
  scenes: { id: string; status: string; sceneDescription: string; clip: VideoClip | null }[];
  runs: { edges: { node: { id: string; status: string; errorCode: string | null } }[] };
  ledger: { edges: { node: Entry }[] };
  cost: { settledMicroUsd: number; reservedMicroUsd: number; unknownMicroUsd: number };
};

export type Client = ReturnType<typeof clientOf>;

/** Milliseconds an API may be away: a killed one takes its time to come back on a busy machine. */
const PATIENCE_MS = 180_000;

/** Whether it could not be reached, or gave no answer. */
const isAway = (error: unknown) =>
  error instanceof TypeError || (error instanceof DOMException && error.name === 'TimeoutError');

/** The API answered that it could not do it, for want of its database for instance; what is asked may have been done. */
class Failed extends Error {}

/** The same, or that the API said so itself. */
export const isOutage = (error: unknown) => isAway(error) || error instanceof Failed;

/** Asks one API; asked again while that is away, as a client would. */
export function askPatiently(url: string, mayPass: (error: unknown) => boolean = isAway) {
  return async <Data>(query: string, variables: object = {}): Promise<Data> => {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      try {
        return await send<Data>(url, query, variables);
      } catch (error) {
        if (!mayPass(error) || Date.now() > end) throw error;
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    }
  };
}

/** Speaks to one API; every call is tried again while that is away. */
export function clientOf(url: string, mayPass: (error: unknown) => boolean = isAway) {
  const ask = askPatiently(url, mayPass);
  return {
    generate: async (prompt: string, idempotencyKey: string, more: object = {}) => {
      const { generateFilm } = await ask<{ generateFilm: { project: { id: string } } }>(GENERATE, {
        input: { prompt, idempotencyKey, targetClipDuration: 1, targetDuration: 3, ...more },
      });
      return generateFilm.project.id;
    },
    project: async (id: string) => (await ask<{ project: Project }>(PROJECT, { id })).project,
    settle: (videoClipId: string, operationName: string | null) =>
      ask(SETTLE, {
        input: operationName
          ? { videoClipId, outcome: 'HAS_OPERATION', operationName }
          : { videoClipId, outcome: 'NOT_CHARGED' },
      }),
    settleCall: (operationKey: string, outcome: 'WAS_CHARGED' | 'NOT_CHARGED') =>
      ask(SETTLE_CALL, { input: { operationKey, outcome } }),
    resume: (projectId: string) => ask(RESUME, { input: { projectId } }),
    retry: (sceneId: string) => ask(RETRY, { input: { sceneId } }),
  };
}

/** What was asked may be asked again, as it was: it has a key. */
const FAILURES: ReadonlySet<string | undefined> = new Set(['INTERNAL', 'OVERLOADED', 'OUTCOME_UNKNOWN']);

type GraphqlError = { message: string; extensions?: { code?: string } };

async function send<Data>(url: string, query: string, variables: object): Promise<Data> {
  const response = await fetch(new URL('/graphql', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(30_000),
  });
  const { data, errors } = (await response.json()) as { data: Data; errors?: GraphqlError[] };
  if (!errors) return data;
  const message = errors.map((error) => error.message).join('; ');
  throw errors.some(({ extensions }) => FAILURES.has(extensions?.code))
    ? new Failed(message)
    : new Error(message);
}

const GENERATE = /* GraphQL */ `
  mutation ($input: GenerateFilmInput!) {
    generateFilm(input: $input) {
      ... on GenerateFilmPayload { project { id } }
      ... on UserError { message }
    }
  }
`;
const PROJECT = /* GraphQL */ `
  query ($id: ID!) {
    project(id: $id) {
      id prompt status errorMessage
      scenes { id status sceneDescription clip { id status operationName } }
      runs(first: 1) { edges { node { id status errorCode } } }
      ledger(first: 100) {
        edges { node { kind operationKey call amountMicroUsd scene { sceneDescription } } }
      }
      cost { settledMicroUsd reservedMicroUsd unknownMicroUsd }
    }
  }
`;
const SETTLE = /* GraphQL */ `
  mutation ($input: SettleUnknownVideoClipInput!) {
    settleUnknownVideoClip(input: $input) { __typename ... on UserError { message } }
  }
`;
const SETTLE_CALL = /* GraphQL */ `
  mutation ($input: SettleUnknownCallInput!) {
    settleUnknownCall(input: $input) { __typename ... on UserError { message } }
  }
`;
const RETRY = /* GraphQL */ `
  mutation ($input: RetrySceneInput!) {
    retryScene(input: $input) { __typename ... on UserError { message } }
  }
`;
const RESUME = /* GraphQL */ `
  mutation ($input: ResumeProjectInput!) {
    resumeProject(input: $input) { __typename ... on UserError { message } }
  }
`;
