/** Puts what is real here into an answer that was shortened and freed of names (test/fixtures/google). */

const ID = /v1_REDACTED|^REDACTED$/g;
const FILE = /files\/abc123def456/g;
const FILE_NAME = /File abc123def456/g;
const OPERATION = /^projects\/p\/locations\/.+\/operations\/[\w-]+$/;
const OBJECT = /^gs:\/\/.+/;
const NAMED_MODEL = /(?<=model: )gemini-omni-1\.1-flash|(?<=base model: )veo-3\.1-generate-001/g;
const MODEL_KEYS = new Set(['model', 'modelVersion']);
const WARE_KEYS = new Set(['data', 'bytesBase64Encoded']);

export type Real = {
  /** Of an interaction. */
  id?: string;
  /** `files/...`, or an address in a bucket. */
  storedAt?: string | undefined;
  operationName?: string;
  model?: string;
  /** A film or a picture, in base64. */
  ware?: string;
};

/** The same answer with them; what is not given is left as it stands. */
export function filled(value: unknown, real: Real): unknown {
  if (typeof value === 'string') return filledText(value, real);
  if (Array.isArray(value)) return value.map((each) => filled(each, real));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      if (WARE_KEYS.has(key) && typeof each === 'string') return [key, real.ware ?? each];
      return [key, MODEL_KEYS.has(key) ? (real.model ?? each) : filled(each, real)];
    }),
  );
}

function filledText(text: string, { id, storedAt, operationName, model }: Real): string {
  if (OPERATION.test(text)) return operationName ?? text;
  if (OBJECT.test(text)) return storedAt ?? text;
  const file = storedAt?.startsWith('files/') ? storedAt : undefined;
  return text
    .replace(ID, id ?? '$&')
    .replace(FILE, file ?? '$&')
    .replace(FILE_NAME, file ? `File ${file.slice('files/'.length)}` : '$&')
    .replace(NAMED_MODEL, model ?? '$&');
}
