import type { Attribute } from '@tenth/model/attribute.ts';
import type { Condition } from '@tenth/model/condition.ts';
import type { Reading } from './items-sql.ts';
import { affinitySql } from './state-figures-sql.ts';

/** Interest in one key counts at most this often, or one favourite category would settle everything. */
const MOST_EVIDENCE = 20;

/** How sure it is that an attribute has a value: the engine's formula, rule by rule, then naive Bayes. */
export function confidenceSql(
  attribute: Attribute,
  value: string,
  reading: Reading,
  holds: (condition: Condition) => string,
): string {
  const rules = attribute.rules.map((rule) => {
    const confidence =
      rule.value === value
        ? rule.confidence
        : remainder(attribute, rule.value, value, rule.confidence);
    return `${holds(rule.condition)}, ${floored(reading.params.bind('Float64', confidence))}`;
  });
  const inferred = floored(posteriorSql(attribute, value, reading));
  return rules.length === 0 ? inferred : `multiIf(${rules.join(', ')}, ${inferred})`;
}

/** What a rule leaves to another value: by the priors of those it did not name. */
function remainder(attribute: Attribute, named: string, value: string, confidence: number): number {
  const others = attribute.values.filter(({ id }) => id !== named);
  const sum = others.reduce((total, { prior }) => total + prior, 0);
  const prior = others.find(({ id }) => id === value)?.prior ?? 0;
  return sum === 0 ? 0 : ((1 - confidence) * prior) / sum;
}

function posteriorSql(attribute: Attribute, value: string, reading: Reading): string {
  const priors = attribute.values.reduce((total, { prior }) => total + prior, 0);
  const logits = attribute.values.map(({ id, prior }) => {
    const terms = attribute.evidence.map(({ dimension, key, likelihoods }) => {
      const score = affinitySql({ dimension, key, measure: 'score' }, reading);
      const likelihood = likelihoods[id] ?? 0.5 / attribute.values.length;
      const weight = reading.params.bind('Float64', Math.log(likelihood));
      return `least(${MOST_EVIDENCE}, ifNull(${score}, 0)) * ${weight}`;
    });
    return [reading.params.bind('Float64', Math.log(prior / priors)), ...terms].join(' + ');
  });
  const place = attribute.values.findIndex(({ id }) => id === value) + 1;
  if (place === 0) {
    return '0';
  }
  const list = `[${logits.join(', ')}]`;
  const powers = `arrayMap(l -> exp(l - arrayMax(${list})), ${list})`;
  return `${powers}[${place}] / arraySum(${powers})`;
}

function floored(probability: string): string {
  return `floor((${probability}) * 1e4 + 0.5) / 1e4`;
}
