/** Who of a shot's people speaks. Pure. */
import type { SpokenWord } from '../../text/timed-words.ts';
import type { Person } from './people.ts';

/** Somebody speaks whose lips move this many times as much as those of anybody else in the picture ... */
const MORE_THAN_OTHERS = 1.4;
/** ... and this much at least, as `SeenFace.lips` counts it: lips at rest seem to move a little, too. */
const LEAST_MOVE = 0.05;
/** Pictures that tell somebody apart; fewer are chance. */
const LEAST_TELLING = 3;
/** Around a word, s: lips move a little before and after. */
const AROUND_WORD = 0.15;

/**
 * What share of the talk of a shot each of its people has, by their lips; where words tell whose they are, by turns, too, each
 * given to the one whose lips move then. Null where nothing tells.
 */
export function sharesOfTalk(people: readonly Person[], words: readonly SpokenWord[]): number[] | null {
  const turns = turnsOf(words);
  if (turns.length > 1) return sharesByTurns(people, turns);
  const told = timesOf(people).filter((seconds) => words.length === 0 || isSaid(words, seconds));
  const counts = people.map(() => 0);
  for (const seconds of told) {
    const speaker = speakerAt(people, seconds);
    if (speaker !== null) counts[speaker] = (counts[speaker] ?? 0) + 1;
  }
  const telling = counts.reduce((sum, count) => sum + count, 0);
  return telling < LEAST_TELLING ? null : counts.map((count) => count / telling);
}

type Turn = { speaker: string; words: SpokenWord[]; seconds: number };

/** What each speaker says, who says most first; nobody where words do not tell. */
function turnsOf(words: readonly SpokenWord[]): Turn[] {
  const turns = new Map<string, Turn>();
  for (const word of words) {
    if (word.speaker === undefined) continue;
    const turn = turns.get(word.speaker) ?? { speaker: word.speaker, words: [], seconds: 0 };
    turn.words.push(word);
    turn.seconds += word.endSeconds - word.startSeconds;
    turns.set(word.speaker, turn);
  }
  return [...turns.values()].toSorted((one, other) => other.seconds - one.seconds);
}

/** Each turn goes to the free one whose lips move most in it; the longest chooses first. */
function sharesByTurns(people: readonly Person[], turns: readonly Turn[]): number[] | null {
  const seconds = people.map(() => 0);
  const free = new Set(people.keys());
  for (const turn of turns) {
    const moves = people.map((person, place) => (free.has(place) ? moveIn(person, turn.words) : -1));
    const owner = moves.indexOf(Math.max(...moves));
    if ((moves[owner] ?? -1) <= 0) continue;
    free.delete(owner);
    seconds[owner] = turn.seconds;
  }
  const all = seconds.reduce((sum, each) => sum + each, 0);
  return all > 0 ? seconds.map((each) => each / all) : null;
}

/** How much lips move on the average while words are said. */
function moveIn(person: Person, words: readonly SpokenWord[]): number {
  const moves = person.flatMap(({ seconds, lips }) =>
    lips !== null && isSaid(words, seconds) ? [lips] : [],
  );
  return moves.length === 0 ? 0 : moves.reduce((sum, move) => sum + move, 0) / moves.length;
}

const isSaid = (words: readonly SpokenWord[], seconds: number): boolean =>
  words.some(
    ({ startSeconds, endSeconds }) =>
      seconds >= startSeconds - AROUND_WORD && seconds <= endSeconds + AROUND_WORD,
  );

const timesOf = (people: readonly Person[]): number[] => [
  ...new Set(people.flatMap((person) => person.map(({ seconds }) => seconds))),
];

/** Whose lips move by far most at a time; null where nobody's do, or only one is seen. */
function speakerAt(people: readonly Person[], seconds: number): number | null {
  const moves = people.flatMap((person, place) => {
    const lips = person.find((sighting) => sighting.seconds === seconds)?.lips;
    return lips === undefined || lips === null ? [] : [{ place, lips }];
  });
  const [first, second] = moves.toSorted((one, other) => other.lips - one.lips);
  if (!first || !second || first.lips < LEAST_MOVE) return null;
  return first.lips >= MORE_THAN_OTHERS * second.lips ? first.place : null;
}
