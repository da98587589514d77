/** Takes out of answers whose they are. Pure. */
import { withoutSecrets } from '../refusal.ts';
import type { KeptExchange } from './kept-exchange.ts';

/** What may not be told, as this process knows it. */
export type Whose = {
  /** Keys. */
  secrets: readonly string[];
  /** On Vertex. */
  project: string | null;
  /** Folders of this machine. */
  folders: readonly string[];
};

/** Where ids stand, in addresses and in texts alike; each kind gets names of its own. */
const IDS: readonly [kind: string, at: RegExp][] = [
  ['interaction', /interactions\/([^/?:"\s]+)/g],
  ['interaction', /"(v1_[\w-]+)"/g],
  ['file', /files\/([^/?:"\s]+)/g],
  ['operation', /operations\/([^/?:"\s]+)/g],
];
/** Too short to be told from a word. */
const SHORTEST_ID = 8;

const REPLACED: readonly [what: RegExp, by: string][] = [
  [/projects\/[^/"\s`]+/g, 'projects/P'],
  [/\b(project(?:[ _]?(?:number|id))?['": =]{1,4})[\w-]*\d[\w-]*/gi, '$1P'],
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, 'somebody'],
  [/(?:\/(?:home|root|Users|tmp|var|srv|opt|mnt)\/[^\s"']+|\b[A-Z]:\\[^\s"']+)/g, '[path]'],
];

/** The same exchanges, each id under another name throughout, and nobody's. */
export function nameless(exchanges: KeptExchange[], whose: Whose): KeptExchange[] {
  let text = JSON.stringify(exchanges);
  for (const [id, name] of newNames(text)) text = text.replaceAll(id, name);
  return withTexts(JSON.parse(withoutObjects(text)), (each) => nobodys(each, whose)) as KeptExchange[];
}

function withTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((each) => withTexts(each, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withTexts(each, change)]));
}

function nobodys(text: string, { secrets, project, folders }: Whose): string {
  let told = withoutSecrets(text, secrets);
  for (const [what, by] of REPLACED) told = told.replace(what, by);
  if (project) told = told.replaceAll(project, 'P');
  for (const folder of folders.filter(Boolean)) told = told.replaceAll(folder, '[path]');
  return told;
}

/** Longest first: one may begin like another. */
function newNames(text: string): [id: string, name: string][] {
  const found = new Map<string, string>();
  const counts = new Map<string, number>();
  for (const [kind, at] of IDS) {
    for (const [, id = ''] of text.matchAll(at)) {
      if (id.length < SHORTEST_ID || found.has(id)) continue;
      const nth = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, nth);
      found.set(id, `${kind === 'interaction' ? 'v1_' : ''}${kind}-${nth}`);
    }
  }
  return [...found].toSorted(([one], [other]) => other.length - one.length);
}

const OBJECT = /gs:\/\/([^/"\s]+)\/([^"]+?)(?=["])/g;
const OBJECT_PATH = /\/storage\/v1\/b\/([^/"]+)\/o\/([^?"]+)/g;

/** Objects of a bucket, by number; a folder is somebody's too. */
function withoutObjects(text: string): string {
  const names = new Map<string, string>();
  const nameOf = (object: string) => {
    const name = names.get(object) ?? `O${names.size + 1}`;
    names.set(object, name);
    return name;
  };
  return text
    .replace(OBJECT, (_all, _bucket: string, object: string) => `gs://B/${nameOf(decoded(object))}`)
    .replace(
      OBJECT_PATH,
      (_all, _bucket: string, object: string) => `/storage/v1/b/B/o/${nameOf(decoded(object))}`,
    );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
