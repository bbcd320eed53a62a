import type { Json } from '@tenth/model/json.ts';
import type { ConditionNode, Fact, LeafNode, Proposal } from './condition-tree.ts';

export interface FactChange {
  readonly fact: Fact;
  readonly to: Proposal;
  /** Places of the conditions that it turns. */
  readonly paths: readonly string[];
}

/** More changes than this tell nobody anything. */
const MOST_CHANGES = 8;
/** Conditions that contradict each other could be searched for a very long time. */
const MOST_TRIES = 50_000;

/**
 * The fewest facts that would have to be different for a condition to hold, of several choices the one
 * that lies nearest; undefined where no values satisfy it, or too many would be needed.
 *
 * One change more is allowed at a time. At each step some leaf that fails must be turned, since without
 * one the condition cannot hold; every such leaf and every value at which it turns is tried, so that the
 * first size with an answer is the smallest. A fact has one value, however many conditions look at it.
 */
export function smallestChange(root: ConditionNode): readonly FactChange[] | undefined {
  if (root.holds) {
    return [];
  }
  const search: Search = {
    proposals: collectProposals(root),
    triesLeft: MOST_TRIES,
    best: undefined,
  };
  for (let most = 1; most <= MOST_CHANGES && search.triesLeft > 0; most += 1) {
    tryChanges(root, { assigned: new Map(), cost: 0 }, most, search);
    if (search.best !== undefined) {
      return describe(root, search.best.assigned);
    }
  }
  return undefined;
}

type Assignment = ReadonlyMap<string, Proposal>;

interface Attempt {
  readonly assigned: Assignment;
  /** How far its values lie from what there is. */
  readonly cost: number;
}

interface Search {
  readonly proposals: ReadonlyMap<string, readonly Proposal[]>;
  triesLeft: number;
  best: Attempt | undefined;
}

function tryChanges(root: ConditionNode, attempt: Attempt, left: number, search: Search): void {
  const { assigned, cost } = attempt;
  if (search.best !== undefined && cost >= search.best.cost) {
    return;
  }
  if (holdsWith(root, assigned)) {
    search.best = attempt;
    return;
  }
  if (left === 0) {
    return;
  }
  for (const { leaf, wanted } of turnable(root, true, assigned)) {
    const { fact } = leaf;
    if (fact.isFixed || assigned.has(fact.key)) {
      continue;
    }
    for (const proposal of search.proposals.get(fact.key) ?? []) {
      if (leaf.passes(proposal.value) !== wanted) {
        continue;
      }
      search.triesLeft -= 1;
      if (search.triesLeft <= 0) {
        return;
      }
      const next = {
        assigned: new Map(assigned).set(fact.key, proposal),
        cost: cost + distance(fact.saw, proposal.value),
      };
      tryChanges(root, next, left - 1, search);
    }
  }
}

function holdsWith(node: ConditionNode, assigned: Assignment): boolean {
  switch (node.kind) {
    case 'all':
      return node.of.every((part) => holdsWith(part, assigned));
    case 'any':
      return node.of.some((part) => holdsWith(part, assigned));
    case 'not':
      return !holdsWith(node.of, assigned);
    case 'named':
      return holdsWith(node.of, assigned) === node.is;
    case 'leaf': {
      const proposal = assigned.get(node.fact.key);
      return proposal === undefined ? node.holds : node.passes(proposal.value);
    }
  }
}

interface Turnable {
  readonly leaf: LeafNode;
  /** What the leaf has to be. */
  readonly wanted: boolean;
}

/** Leaves of which at least one must turn before the node can be as wanted; none when it is so already. */
function* turnable(
  node: ConditionNode,
  wanted: boolean,
  assigned: Assignment,
): Generator<Turnable> {
  if (holdsWith(node, assigned) === wanted) {
    return;
  }
  switch (node.kind) {
    case 'all':
    case 'any': {
      // All of them must be as wanted: the first that is not must turn. Or one must: any of them may.
      const needsEach = (node.kind === 'all') === wanted;
      for (const part of node.of) {
        if (holdsWith(part, assigned) !== wanted) {
          yield* turnable(part, wanted, assigned);
          if (needsEach) {
            return;
          }
        }
      }
      return;
    }
    case 'not':
      yield* turnable(node.of, !wanted, assigned);
      return;
    case 'named':
      yield* turnable(node.of, wanted === node.is, assigned);
      return;
    case 'leaf':
      yield { leaf: node, wanted };
  }
}

/** Of each fact all values that any leaf proposes. */
function collectProposals(root: ConditionNode): ReadonlyMap<string, readonly Proposal[]> {
  const byFact = new Map<string, Map<string, Proposal>>();
  visitLeaves(root, ({ fact, proposals }) => {
    const values = byFact.get(fact.key) ?? new Map<string, Proposal>();
    byFact.set(fact.key, values);
    for (const proposal of proposals) {
      const key = JSON.stringify(proposal.value) ?? '';
      if (!values.has(key)) {
        values.set(key, proposal);
      }
    }
  });
  return new Map([...byFact].map(([key, values]) => [key, [...values.values()]]));
}

/** Numbers by how far they are in proportion, 0 to 1; anything else is 1 away. */
function distance(from: Json | undefined, to: Json | undefined): number {
  return typeof from === 'number' && typeof to === 'number'
    ? Math.abs(from - to) / (Math.abs(from) + Math.abs(to) + 1)
    : 1;
}

function visitLeaves(node: ConditionNode, visit: (leaf: LeafNode) => void): void {
  switch (node.kind) {
    case 'leaf':
      visit(node);
      return;
    case 'all':
    case 'any':
      for (const part of node.of) {
        visitLeaves(part, visit);
      }
      return;
    case 'not':
    case 'named':
      visitLeaves(node.of, visit);
  }
}

function describe(root: ConditionNode, assigned: Assignment): readonly FactChange[] {
  const leaves = new Map<string, LeafNode[]>();
  visitLeaves(root, (leaf) => {
    leaves.set(leaf.fact.key, [...(leaves.get(leaf.fact.key) ?? []), leaf]);
  });
  return [...assigned].flatMap(([key, to]) => {
    const own = leaves.get(key) ?? [];
    const [first] = own;
    return first === undefined
      ? []
      : [
          {
            fact: first.fact,
            to,
            paths: own
              .filter((leaf) => leaf.passes(to.value) !== leaf.holds)
              .map(({ path }) => path),
          },
        ];
  });
}

/** The change in words: `pages of the session 3 -> 4`, `session source naver instead of google`. */
export function describeChange({ fact, to }: FactChange): string {
  if (typeof fact.saw === 'number' && typeof to.value === 'number') {
    return `${fact.name} ${fact.saw} -> ${to.value}`;
  }
  return `${fact.name} ${to.says ?? inWords(to.value)} instead of ${inWords(fact.saw)}`;
}

function inWords(value: Json | undefined): string {
  if (value === undefined || value === null || value === '') {
    return 'nothing';
  }
  if (typeof value === 'boolean') {
    return value ? 'yes' : 'no';
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}
