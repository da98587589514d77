/** Requests that once ended the process, or stopped it for seconds. */

type Attack = {
  /** The attack's n-th request. */
  request: (index: number) => { query: string; variables?: object };
  /** Between two of them: one that kills by itself need not be sent often. */
  pauseMilliseconds: number;
};

const UNKNOWN_FIELDS = 20_000;
/** What once was taken, and about what is taken today. */
const ALIASES = [500, 9];
const LONGEST_PROMPT = 'The lighthouse keeper walks along the shore. '.repeat(444);
/** What a document of 64 kB has room for; and what is taken today. */
const DOCUMENT_FIELDS = [3_200, 1_300];

const unknownFields = Object.fromEntries(
  Array.from({ length: UNKNOWN_FIELDS }, (_, index) => [`field${index}`, index]),
);

/** Valid, and different from every other. */
function largeDocument(index: number): string {
  const count = DOCUMENT_FIELDS[index % DOCUMENT_FIELDS.length] ?? 0;
  const fields = Array.from({ length: count }, (_, field) => `n${index}_${field}: __typename`);
  return `{ ${fields.join(' ')} } # ${'x'.repeat(64_000 - count * 19)}`;
}

function longEstimates(index: number): string {
  const fields = Array.from(
    { length: ALIASES[index % ALIASES.length] ?? 0 },
    (_, field) => `e${field}: estimateFilm(input: { prompt: $prompt }) { __typename }`,
  );
  return `query ($prompt: String!) { ${fields.join(' ')} }`;
}

export const ATTACKS = {
  'unknown fields': {
    request: () => ({
      query: 'mutation ($input: CreateProjectInput!) { createProject(input: $input) { __typename } }',
      variables: { input: { prompt: 'A cat.', ...unknownFields } },
    }),
    pauseMilliseconds: 250,
  },
  'large documents': {
    request: (index) => ({ query: largeDocument(index) }),
    pauseMilliseconds: 0,
  },
  'long estimates': {
    request: (index) => ({ query: longEstimates(index), variables: { prompt: LONGEST_PROMPT } }),
    pauseMilliseconds: 250,
  },
} satisfies Record<string, Attack>;

export type AttackName = keyof typeof ATTACKS;
