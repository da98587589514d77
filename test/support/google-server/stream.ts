/** An interaction as a stream of events (@google/genai 3.1.0: `InteractionSSEEvent`), which can be gone on with. */
import type { Reply } from '../paid-provider/reply.ts';
import { waitUntil } from './wait-until.ts';

export type Happening = { event_type: string } & Record<string, unknown>;

/**
 * What happens, from its first event or from behind `lastEventId` on.
 *
 * @param ends what there is to tell once it has ended; answered not before `endsAt`.
 */
export function streamReply(
  begins: Happening[],
  ends: () => Promise<Happening[]>,
  endsAt: number,
  lastEventId = '0',
): Reply {
  const text = (events: Happening[], from: number) =>
    events.map((event, index) => eventText({ ...event, event_id: String(from + index + 1) })).join('');
  const after = Number(lastEventId);
  async function* more() {
    await waitUntil(endsAt);
    const last = await ends();
    const first = Math.max(0, after - begins.length);
    yield text(last.slice(first), begins.length + first);
    yield 'data: [DONE]\n\n';
  }
  const body = Buffer.from(text(begins.slice(after), Math.min(after, begins.length)));
  return { status: 200, type: 'text/event-stream', body, more: more() };
}

const eventText = (event: Happening & { event_id: string }): string =>
  `event: ${event.event_type}\nid: ${event.event_id}\ndata: ${JSON.stringify(event)}\n\n`;
