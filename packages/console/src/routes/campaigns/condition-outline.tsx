import { useLocale } from '../../messages/locale-provider.tsx';
import { type ConditionOutline, joinNames } from '../../words/describe-condition.ts';
import { sentenceCase } from '../../words/names.ts';
import styles from './condition-outline.module.css';

/** A condition as nested lists. */
export function ConditionOutlineView({ outline }: { readonly outline: ConditionOutline }) {
  const locale = useLocale();
  if (outline.kind === 'line') {
    return <span>{sentenceCase(outline.text)}</span>;
  }
  return (
    <div className={styles.group}>
      <div className={styles.join}>{sentenceCase(joinNames[locale][outline.join])}</div>
      <ul>
        {outline.items.map((item, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the items of a condition have no other name
          <li key={at}>
            <ConditionOutlineView outline={item} />
          </li>
        ))}
      </ul>
    </div>
  );
}
