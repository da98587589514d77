/** Storyboards that end before their time, or whose schema is refused. */
import { expect, test } from 'vitest';
import { type GoogleFilm, useGoogleStudio } from '../support/google-film.ts';
import { TRIP_WORDS } from '../support/google-server/content.ts';

const studio = useGoogleStudio('VERTEX');

const make = (film: GoogleFilm, word: string) =>
  film.make({ prompt: `A fox called ${film.tag}one, the ${word}, wakes.`, stopAfter: 'STORYBOARD' });

type Sent = {
  contents: { parts: { text: string }[] }[];
  systemInstruction: { parts: { text: string }[] };
  generationConfig: { maxOutputTokens: number; responseJsonSchema?: object };
};

/** What was asked of the text model for a film, in order. */
async function sentFor({ tag }: GoogleFilm): Promise<Sent[]> {
  const requests = await studio.server.requests();
  const asked = requests.filter(({ path }) => path.endsWith('gemini-3.8-flash:generateContent'));
  return asked.map(({ body }) => body as Sent).filter((body) => JSON.stringify(body).includes(tag));
}

/** Nothing is open, and what is settled is what was charged. */
const expectBalance = async (film: GoogleFilm) =>
  expect(await film.cost()).toEqual({ settled: await film.bill(), reserved: 0, unknown: 0 });

test.concurrent('one that is cut off gets twice the room, and is told why', async () => {
  const film = studio.film({ scenes: 1 });
  expect(await make(film, TRIP_WORDS.long)).toMatchObject({ status: 'COMPLETED' });
  const sent = await sentFor(film);
  expect(sent.map(({ generationConfig }) => generationConfig.maxOutputTokens)).toEqual([32_768, 65_536]);
  expect(sent[1]?.contents[0]?.parts[0]?.text).toMatch(/of no use\. The answer was cut off.*MAX_TOKENS/);
  expect(await film.bought('STORYBOARD')).toHaveLength(2);
  await expectBalance(film);
});

test.concurrent('cut off with all the room there is, it is not paid for a third time; the error names the cause', async () => {
  const film = studio.film({ scenes: 1 });
  expect(await make(film, TRIP_WORDS.thoughts)).toMatchObject({
    status: 'FAILED',
    errorCode: 'STORYBOARD_INVALID',
    errorMessage: expect.stringMatching(/in 2 tries: The model thought and answered nothing/),
  });
  expect(await film.bought('STORYBOARD')).toHaveLength(2);
  await expectBalance(film);
});

test.concurrent(
  'once one was cut off, all after it have the larger room, also where the last was whole',
  { tags: 'long' },
  async () => {
    const film = studio.film({ scenes: 1 });
    for (const finishReason of ['MAX_TOKENS', 'STOP']) {
      const body = {
        candidates: [{ finishReason, content: { parts: [{ text: '{"scenes": []}' }] } }],
        usageMetadata: { promptTokenCount: 900, candidatesTokenCount: 9, totalTokenCount: 909 },
      };
      const says = [{ status: 200, body }];
      const scenario = { name: finishReason, at: 'STORYBOARD', says, money: 'SOLD' } as const;
      await studio.server.play({ scenario, subject: film.tag, times: 1 });
    }
    expect(await make(film, 'brave')).toMatchObject({ status: 'COMPLETED' });
    const sent = await sentFor(film);
    expect(sent.map(({ generationConfig }) => generationConfig.maxOutputTokens)).toEqual([
      32_768, 65_536, 65_536,
    ]);
    await expectBalance(film);
  },
);

test.concurrent('a schema that is refused is said in words, at no cost', async () => {
  const film = studio.film({ scenes: 1 });
  expect(await make(film, TRIP_WORDS.noSchema)).toMatchObject({ status: 'COMPLETED' });
  const [refused, taken, ...more] = await sentFor(film);
  expect(more).toEqual([]);
  expect(refused?.generationConfig.responseJsonSchema).toBeDefined();
  expect(taken?.generationConfig.responseJsonSchema).toBeUndefined();
  expect(taken?.systemInstruction.parts[0]?.text).toMatch(/fits this schema: \{"type":"object"/);
  expect(await film.bought('STORYBOARD')).toHaveLength(1);
  await expectBalance(film);
});
