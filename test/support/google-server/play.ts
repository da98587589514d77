import type { End } from '../paid-provider/protocol.ts';
import type { Asked, Reply } from '../paid-provider/reply.ts';
import type { Place, Scenario } from './scenario.ts';

/** A call that a scenario may strike. */
export type PlayedAsked = Omit<Asked, 'accept'> & {
  /** Of whom it is asked, where it is asked of a model. */
  model?: string | undefined;
  /** Where scenarios for it are looked for; nowhere unless given. */
  places?: readonly Place[];
  accept(end: End, play?: Scenario): Reply | Promise<Reply>;
};

/** A refusal of which nothing was bought. */
export type RefusedEntry = { call: string; subject: string; scenario: string };

/** The call with a scenario, if one strikes it. */
export const played = (asked: PlayedAsked, play: Scenario | undefined): Asked => ({
  ...asked,
  accept: (end) => asked.accept(end, play),
});
