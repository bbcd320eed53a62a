import type { ExplainedCondition } from '@tenth/model/explanation.ts';
import { useMessages } from '../../messages/locale-provider.tsx';
import { sentenceCase } from '../../words/names.ts';
import { readShortCondition, type ShortWords, showSeen } from '../../words/short-condition.ts';
import styles from './explained-condition.module.css';

/** A condition as nested lists: what held, what did not, and what it saw. */
export function ExplainedConditionView({
  node,
  words,
}: {
  readonly node: ExplainedCondition;
  readonly words: ShortWords;
}) {
  const { person } = useMessages();
  switch (node.kind) {
    case 'leaf': {
      const saw = showSeen(node.saw, node.condition, words);
      return (
        <Line holds={node.holds}>
          {sentenceCase(readShortCondition(node.condition, words))}
          {saw === undefined ? null : <span className={styles.saw}>{person.itSaw(saw)}</span>}
        </Line>
      );
    }
    case 'all':
    case 'any':
      return (
        <>
          <Line holds={node.holds}>
            {node.of.length === 0 ? person.emptyJoins[node.kind] : person.joins[node.kind]}
          </Line>
          <ul className={styles.parts}>
            {node.of.map((part) => (
              <li key={part.path}>
                <ExplainedConditionView node={part} words={words} />
              </li>
            ))}
          </ul>
        </>
      );
    case 'not':
    case 'named':
      return (
        <>
          <Line holds={node.holds}>
            {node.kind === 'not'
              ? person.joins.not
              : person.namedAs[node.what](nameOf(node, words), node.is)}
          </Line>
          <ul className={styles.parts}>
            <li>
              <ExplainedConditionView node={node.of} words={words} />
            </li>
          </ul>
        </>
      );
  }
}

function nameOf(
  { what, id }: Extract<ExplainedCondition, { kind: 'named' }>,
  { segmentNames }: ShortWords,
): string {
  return what === 'segment' ? (segmentNames.get(id) ?? id) : id;
}

export function Line({
  holds,
  children,
}: {
  readonly holds: boolean;
  readonly children: React.ReactNode;
}) {
  const { person } = useMessages();
  return (
    <div className={styles.line} data-holds={holds}>
      <span role="img" aria-label={holds ? person.held : person.heldNot}>
        {holds ? '✓' : '✗'}
      </span>
      <div>{children}</div>
    </div>
  );
}
