/** Everything that Google is known to say, by name. */
import { answerScenarios } from './answer-files.ts';
import { toldScenarios } from './told-scenarios.ts';
import type { Scenario } from './scenario.ts';

export const SCENARIOS: readonly Scenario[] = [...answerScenarios(), ...toldScenarios()];

/** A scenario; @throws for a name that there is not, with those that are like it. */
export function scenarioNamed(name: string): Scenario {
  const found = SCENARIOS.find((each) => each.name === name);
  if (found) return found;
  throw new Error(`There is no scenario "${name}": ${SCENARIOS.map((each) => each.name).join(', ')}.`);
}
