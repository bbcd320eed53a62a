import { type Answers, FAILS, HOLDS, type Ways } from './answers.ts';
import type { Leaf } from './leaf.ts';
import type { Moment } from './moment.ts';

/**
 * A condition as questions about leaves, each of which says where to go on by its answer: what is decided is
 * not asked about any further, and groups within groups and what is negated cost nothing.
 */
export interface Questions {
  /** Roughly what its answer costs; the cheap parts of a group are asked first. */
  readonly cost: number;
  /** Adds the questions to what can be asked. @returns Where they begin; one of the ways if there are none. */
  addTo(answers: Answers, ways: Ways): number;
}

export function questionOf(leaf: Leaf, cost: number): Questions {
  return { cost, addTo: (answers, ways) => answers.addQuestion(leaf, ways) };
}

/** Every part has to hold; of none, that is so. */
export function questionsOfAll(parts: readonly Questions[]): Questions {
  const cheapFirst = parts.toSorted((one, other) => one.cost - other.cost);
  return {
    cost: parts.reduce((sum, { cost }) => sum + cost, 0),
    // From the last to the first, since each leads to the one after it.
    addTo: (answers, { ifHolds, ifFails }) =>
      cheapFirst.reduceRight(
        (next, part) => part.addTo(answers, { ifHolds: next, ifFails }),
        ifHolds,
      ),
  };
}

/** Some part has to hold: not all of them fail. */
export function questionsOfAny(parts: readonly Questions[]): Questions {
  return negated(questionsOfAll(parts.map(negated)));
}

export function negated({ cost, addTo }: Questions): Questions {
  return {
    cost,
    addTo: (answers, { ifHolds, ifFails }) =>
      addTo(answers, { ifHolds: ifFails, ifFails: ifHolds }),
  };
}

/** Asks the questions, which are added when somebody first asks. */
export function asking(questions: Questions, answers: Answers): (moment: Moment) => boolean {
  let start: number | undefined;
  return (moment) => {
    start ??= questions.addTo(answers, { ifHolds: HOLDS, ifFails: FAILS });
    return answers.follow(start, moment) === HOLDS;
  };
}
