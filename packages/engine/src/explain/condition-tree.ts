import type { ExplainedCondition } from '@tenth/model/explanation.ts';
import type { Json } from '@tenth/model/json.ts';

/** Something that a condition looks at, with its value at the moment. Equal keys are one fact. */
export interface Fact {
  readonly key: string;
  /** In words, for traces: `pages of the session`. */
  readonly name: string;
  readonly saw: Json | undefined;
  /** Nothing that the person does changes it. */
  readonly isFixed: boolean;
}

/** A value that a fact could have had. */
export interface Proposal {
  readonly value: Json | undefined;
  /** Where the value stands for many, such as any text but one: those in words. */
  readonly says?: string;
}

export interface LeafNode {
  readonly kind: 'leaf';
  readonly leaf: string;
  readonly path: string;
  readonly holds: boolean;
  /** The condition in short. */
  readonly text: string;
  readonly fact: Fact;
  readonly passes: (value: Json | undefined) => boolean;
  /** Values at which this leaf turns, one way or the other. */
  readonly proposals: readonly Proposal[];
}

/** A condition at one moment: its branches, and at the leaves what they saw. */
export type ConditionNode =
  | {
      readonly kind: 'all' | 'any';
      readonly path: string;
      readonly holds: boolean;
      readonly of: readonly ConditionNode[];
    }
  | {
      readonly kind: 'not';
      readonly path: string;
      readonly holds: boolean;
      readonly of: ConditionNode;
    }
  | {
      /** A segment or a variable, with the condition that it stands for. */
      readonly kind: 'named';
      readonly what: 'segment' | 'variable';
      readonly id: string;
      readonly is: boolean;
      readonly path: string;
      readonly holds: boolean;
      readonly of: ConditionNode;
    }
  | LeafNode;

export function allOf(path: string, of: readonly ConditionNode[]): ConditionNode {
  return { kind: 'all', path, holds: of.every(({ holds }) => holds), of };
}

export function anyOf(path: string, of: readonly ConditionNode[]): ConditionNode {
  return { kind: 'any', path, holds: of.some(({ holds }) => holds), of };
}

export function not(path: string, of: ConditionNode): ConditionNode {
  return { kind: 'not', path, holds: !of.holds, of };
}

/** The tree as data, for a reply. */
export function toExplained(node: ConditionNode): ExplainedCondition {
  switch (node.kind) {
    case 'all':
    case 'any':
      return {
        kind: node.kind,
        path: node.path,
        holds: node.holds,
        of: node.of.map(toExplained),
      };
    case 'not':
      return { kind: 'not', path: node.path, holds: node.holds, of: toExplained(node.of) };
    case 'named': {
      const { what, id, path, is, holds } = node;
      return { kind: 'named', what, id, path, is, holds, of: toExplained(node.of) };
    }
    case 'leaf': {
      const { leaf, path, holds, text, fact } = node;
      return {
        kind: 'leaf',
        leaf,
        path,
        holds,
        condition: text,
        fact: fact.name,
        saw: fact.saw ?? null,
      };
    }
  }
}
