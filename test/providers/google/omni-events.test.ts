/** Events of an interaction, as they come in pieces. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventCutter, InteractionStory } from '../../../src/providers/google/omni/events.ts';
import { readOmni } from '../../../src/providers/google/read-omni.ts';

const film = (data: string) => Buffer.from(data).toString('base64');

const EVENTS = [
  { event_type: 'interaction.created', event_id: '1', interaction: { id: 'v1_a', status: 'in_progress' } },
  { event_type: 'step.start', event_id: '2', index: 0, step: { type: 'thought' } },
  { event_type: 'step.start', event_id: '3', index: 1, step: { type: 'model_output' } },
  { event_type: 'step.delta', event_id: '4', index: 1, delta: { type: 'text', text: 'Hier: ' } },
  { event_type: 'step.delta', event_id: '5', index: 1, delta: { type: 'text', text: 'Füchse 🦊' } },
  { event_type: 'step.delta', event_id: '6', index: 1, delta: { type: 'video', data: film('a film') } },
  {
    event_type: 'step.delta',
    event_id: '7',
    index: 1,
    delta: { type: 'video', data: film(', in two parts') },
  },
  {
    event_type: 'interaction.completed',
    event_id: '8',
    interaction: { id: 'v1_a', status: 'completed', usage: { total_tokens: 7 } },
  },
];
const bodyOf = (events: object[], end = '\n') =>
  Buffer.from(events.map((event) => `event: any${end}data: ${JSON.stringify(event)}${end}${end}`).join(''));

const storyOf = (pieces: Uint8Array[]) => {
  const [cutter, story] = [new EventCutter(), new InteractionStory()];
  for (const piece of pieces) for (const event of cutter.cut(piece)) story.add(event);
  return story;
};

test('cut anywhere, they tell the same interaction, with its film in one piece', () => {
  const body = bodyOf([...EVENTS], '\r\n');
  const cuts = fc.array(fc.nat(body.length), { maxLength: 12 });
  fc.assert(
    fc.property(cuts, (at) => {
      const ends = [0, ...at.toSorted((one, other) => one - other), body.length];
      const story = storyOf(ends.slice(1).map((end, index) => body.subarray(ends[index], end)));
      expect(story).toMatchObject({ id: 'v1_a', lastEventId: '8', isOver: true });
      expect(story.tell()).toEqual({
        id: 'v1_a',
        status: 'completed',
        usage: { total_tokens: 7 },
        steps: [
          { type: 'thought', content: [] },
          {
            type: 'model_output',
            content: [
              { type: 'text', text: 'Hier: Füchse 🦊' },
              { type: 'video', data: film('a film, in two parts') },
            ],
          },
        ],
      });
    }),
  );
});

test('what broke off is gone on with from its last event', () => {
  const story = storyOf([bodyOf(EVENTS.slice(0, 3)), Buffer.from('data: {"event_type":"step.de')]);
  expect(story).toMatchObject({ id: 'v1_a', lastEventId: '3', isOver: false });
  expect(readOmni(story.tell(), 'n')).toEqual({ verdict: 'STILL_WORKING' });
  for (const event of EVENTS.slice(3)) story.add(JSON.stringify(event));
  expect(readOmni(story.tell(), 'n')).toEqual({ verdict: 'FILM', uri: 'n' });
});

test('an error ends the stream, and is read as one of the interaction', () => {
  const error = { code: 'content_blocked', message: 'Unable to show the generated video.' };
  const story = storyOf([bodyOf([...EVENTS.slice(0, 2), { event_type: 'error', error }])]);
  expect(story.isOver).toBe(true);
  expect(readOmni(story.tell(), 'n')).toMatchObject({ verdict: 'REFUSED_BY_SAFETY' });
});

test('whatever else comes is left out', () => {
  const odd = [
    '[DONE]',
    '{',
    'null',
    '7',
    '{"event_type":"step.delta"}',
    '{"event_type":"step.start","step":4}',
  ];
  const story = storyOf([Buffer.from(odd.map((data) => `data: ${data}\n\n`).join('')), bodyOf(EVENTS)]);
  expect(readOmni(story.tell(), 'n')).toEqual({ verdict: 'FILM', uri: 'n' });
});
