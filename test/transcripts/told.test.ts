/** What is said in a video, as much of it as is asked for. */
import { describe, expect, test } from 'vitest';
import { statementsOf } from '../db/support/statements.ts';
import { useTestApi } from '../support/test-api.ts';
import { newVideo, srt, transcribe } from './support/transcribe.ts';

const api = useTestApi();

async function newTranscript(subtitles: string): Promise<string> {
  const { id } = await newVideo(api);
  const { transcript } = await transcribe(api, { videoId: id, language: 'en' }, subtitles);
  return transcript?.id ?? '';
}

const sentence = (index: number) => ({ index, text: `${index}.` });
async function parts(args: string, field = 'words') {
  const id = await newTranscript(
    srt(...[0, 1, 2].map((at): [number, number, string] => [at, at + 1, `${at}.`])),
  );
  const query = `query ($id: ID!) { transcript(id: $id) { parts: ${field}${args} { index text } } }`;
  return api.send<{ transcript: { parts: object[] } }>(query, { id });
}

describe('what is said is told', () => {
  test.each(['words', 'sentences'])('a part at a time, each with its place: %s', async (field) => {
    const all = [0, 1, 2].map(sentence);
    const told = async (args: string) => (await parts(args, field)).data?.transcript.parts;
    expect(await told('')).toEqual(all);
    expect(await told('(first: 2)')).toEqual(all.slice(0, 2));
    expect(await told('(first: 2, after: 1)')).toEqual(all.slice(2));
    expect(await told('(first: 1, within: { startSeconds: 1, endSeconds: 3 })')).toEqual([all[1]]);
    expect(await told('(after: 2)')).toEqual([]);
  });

  test('but not by the hundred thousand', async () => {
    expect((await parts('(first: 10001)')).errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }]);
  });

  test('nor of a part that ends before it begins', async () => {
    expect((await parts('(within: { startSeconds: 3, endSeconds: 1 })')).errors).toMatchObject([
      { message: expect.stringContaining('within.endSeconds'), extensions: { code: 'INVALID_INPUT' } },
    ]);
  });

  test.each(['words { text }', 'sentences { text }', 'fullText', 'subtitles(format: SRT)'])(
    'of a few videos at once, not of a hundred: %s',
    async (field) => {
      const query = `query ($first: Int) { videos(first: $first) { edges { node { transcript { ${field} } } } } }`;
      expect((await api.send(query, { first: 5 })).errors).toBeUndefined();
      expect(await api.send(query, { first: 100 })).toMatchObject({
        errors: [{ extensions: { code: 'QUERY_TOO_COMPLEX' } }],
      });
    },
  );

  test('and where it is not asked for, it is not read', async () => {
    const id = await newTranscript(srt([1, 2, 'One.']));
    const columnsReadFor = async (fields: string) => {
      const query = `query ($id: ID!) { transcript(id: $id) { ${fields} } }`;
      const statements = await statementsOf(() => api.ask(query, { id }));
      const texts = statements.map(({ text }) => text).join(' ');
      return ['full_text', 'word_timestamps', 'segment_timestamps'].filter((name) => texts.includes(name));
    };
    expect(await columnsReadFor('language numberOfWords video { id }')).toEqual([]);
    expect(await columnsReadFor('words { text }')).toEqual(['word_timestamps']);
    expect(await columnsReadFor('sentences { text }')).toEqual(['segment_timestamps']);
    expect(await columnsReadFor('fullText')).toEqual(['full_text']);
  });
});
